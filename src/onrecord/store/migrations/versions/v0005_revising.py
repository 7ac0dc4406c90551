"""Other neighbours, and surer changes among them: all that was compared is compared anew, as in step 0004."""

from onrecord.store.migrations.versions import v0004_encoder

revision = "0005"
down_revision = "0004"

upgrade = v0004_encoder.upgrade
