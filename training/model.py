"""The reader model in torch: a six-layer encoder, a tagger, and a head that reads the parts of one attribution.

Every attribution of PolNeAR has a cue, so the first word of the cue stands for it (its anchor). The tagger finds
anchors; the head, given an anchor, tags every word of the window as source, cue or content of that anchor.
"""

import math
from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.extract.pieces import BREAKS, CASES, QUOTES
from onrecord.extract.windows import TAGS

NEAR, FAR = 8, 16  # distances to the anchor: exact to NEAR words, then FAR - NEAR logarithmic steps
PARAGRAPHS = 2  # paragraphs before and after the anchor's that are told apart


@dataclass(frozen=True)
class Config:
    hidden: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    vocabulary: int = 30522
    positions: int = 512
    head: int = 128
    dropout: float = 0.1


class Layer(nn.Module):
    def __init__(self, c: Config) -> None:
        super().__init__()
        self.heads, self.drop = c.heads, nn.Dropout(c.dropout)
        self.qkv, self.out = nn.Linear(c.hidden, 3 * c.hidden), nn.Linear(c.hidden, c.hidden)
        self.norm1, self.norm2 = nn.LayerNorm(c.hidden, eps=1e-12), nn.LayerNorm(c.hidden, eps=1e-12)
        self.up, self.down = nn.Linear(c.hidden, c.inner), nn.Linear(c.inner, c.hidden)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, t, h = x.shape
        q, k, v = (y.view(b, t, self.heads, h // self.heads).transpose(1, 2) for y in self.qkv(x).chunk(3, dim=2))
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.drop(self.out(a.transpose(1, 2).reshape(b, t, h))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    def __init__(self, c: Config) -> None:
        super().__init__()
        self.word = nn.Embedding(c.vocabulary, c.hidden)
        self.position = nn.Embedding(c.positions, c.hidden)
        self.case, self.quote, self.brk = (nn.Embedding(n, c.hidden) for n in (CASES, QUOTES, BREAKS))
        for e in (self.case, self.quote, self.brk):
            nn.init.normal_(e.weight, std=0.01)
        self.norm, self.drop = nn.LayerNorm(c.hidden, eps=1e-12), nn.Dropout(c.dropout)
        self.layers = nn.ModuleList(Layer(c) for _ in range(c.layers))

    def forward(self, ids: Tensor, shapes: Tensor, attend: Tensor) -> Tensor:
        """ids, shapes, attend (1 for a true piece): (batch, pieces) -> (batch, pieces, hidden)."""
        x = self.word(ids) + self.position.weight[: ids.shape[1]]
        x = x + self.case(shapes // 9) + self.quote(shapes // 3 % 3) + self.brk(shapes % 3)
        x = self.drop(self.norm(x))
        if torch.is_autocast_enabled("cpu"):  # the whole stream in half the memory
            x = x.bfloat16()
        mask = attend[:, None, None, :].bool()
        for layer in self.layers:
            x = layer(x, mask)
        return x


class PartsHead(nn.Module):
    """(words of a window, an anchor) -> what each word is to that anchor."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        d = c.head
        self.distance = nn.Embedding(2 * FAR + 1, d)
        self.paragraph = nn.Embedding(2 * PARAGRAPHS + 1, d)
        self.norm, self.mix, self.drop = nn.LayerNorm(d), nn.Conv1d(d, d, 5, padding=2), nn.Dropout(c.dropout)
        self.out = nn.Linear(d, len(TAGS))

    def forward(
        self, word: Tensor, times: Tensor, anchor: Tensor, by: Tensor, distance: Tensor, paragraph: Tensor
    ) -> Tensor:
        """word, times: (anchors, words, head); anchor, by: (anchors, head); distance, paragraph: (anchors, words).

        Gives logits (anchors, words, tags).
        """
        x = word + anchor[:, None] + times * by[:, None] + self.distance(distance) + self.paragraph(paragraph)
        x = F.gelu(self.norm(x))
        x = self.drop(x + F.gelu(self.mix(x.transpose(1, 2)).transpose(1, 2)))
        return self.out(x)


class Reader(nn.Module):
    def __init__(self, c: Config) -> None:
        super().__init__()
        self.config = c
        self.encoder = Encoder(c)
        self.drop = nn.Dropout(c.dropout)
        self.tags = nn.Linear(c.hidden, len(TAGS))
        self.project = nn.Linear(c.hidden, 4 * c.head)
        self.parts = PartsHead(c)

    def read(self, ids: Tensor, shapes: Tensor, attend: Tensor, words: Tensor) -> tuple[Tensor, Tensor]:
        """words: (batch, words), the index of each word's first piece. Gives tag logits and projections per word."""
        h = self.encoder(ids, shapes, attend)
        h = self.drop(h.gather(1, words[:, :, None].expand(-1, -1, h.shape[2])))
        return self.tags(h), self.project(h)

    def export_config(self) -> dict[str, int | float]:
        return asdict(self.config)


def distance_bucket(d: Tensor) -> Tensor:
    """Signed distance in words -> 0 .. 2 * FAR."""
    a = d.abs().clamp(min=1).float()
    steps = NEAR + ((torch.log2(a / NEAR)).clamp(min=0) * 1.6).floor()
    size = torch.where(d.abs() <= NEAR, d.abs().float(), (steps + 1).clamp(max=FAR)).long()
    return FAR + torch.sign(d).long() * size


def load_minilm(model: Reader, weights: dict[str, Tensor]) -> None:
    """Fill the encoder with the weights of MiniLM-L6-H384 (names as in BertModel)."""
    names = {"attention.output.dense": "out", "attention.output.LayerNorm": "norm1", "intermediate.dense": "up",
             "output.dense": "down", "output.LayerNorm": "norm2"}  # fmt: skip
    e = model.encoder
    with torch.no_grad():
        e.word.weight.copy_(weights["embeddings.word_embeddings.weight"])
        e.position.weight.copy_(
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        e.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
        e.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
        for i, layer in enumerate(e.layers):
            for part in ("weight", "bias"):
                three = [weights[f"encoder.layer.{i}.attention.self.{x}.{part}"] for x in ("query", "key", "value")]
                getattr(layer.qkv, part).copy_(torch.cat(three))
                for theirs, ours in names.items():
                    getattr(getattr(layer, ours), part).copy_(weights[f"encoder.layer.{i}.{theirs}.{part}"])


assert math.log2(256 / NEAR) * 1.6 <= FAR - NEAR + 1
