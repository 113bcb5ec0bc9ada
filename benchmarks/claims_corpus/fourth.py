"""The fourth grammar: written after the checks by someone who had not read them."""

from benchmarks.claims_corpus import fourth_amounts, fourth_plans, fourth_words
from benchmarks.claims_corpus.development import Rule

FAMILIES: dict[str, list[Rule]] = {
    **fourth_amounts.FAMILIES,
    **fourth_plans.FAMILIES,
    **fourth_words.FAMILIES,
}
