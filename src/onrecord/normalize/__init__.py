"""Words into values: time expressions to TIMEX3, amounts of money to ISO 4217, quantities to their units."""

from onrecord.normalize.conversion import check_targets, conversion_days, convert
from onrecord.normalize.money import money
from onrecord.normalize.quantities import quantities
from onrecord.normalize.timex import timexes

__all__ = ["check_targets", "conversion_days", "convert", "money", "quantities", "timexes"]
