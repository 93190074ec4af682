"""Notices that several instruments share, and the one that must travel with LOINC codes."""

from waymark.library.instrument import Licence

LOINC_NOTICE = (
    "This material contains content from LOINC (http://loinc.org). LOINC is copyright "
    "Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) "
    "Committee and is available at no cost under the license at http://loinc.org/license."
)

PHQ_SCREENERS = Licence(
    id="phq-screeners",
    holder="Pfizer Inc.",
    attribution=(
        "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, "
        "with an educational grant from Pfizer Inc."
    ),
    conditions="Show the credit line. Use an official translation, never one of your own.",
    text="No permission required to reproduce, translate, display or distribute.",
    may_translate=True,
)

KESSLER = Licence(
    id="kessler-unrestricted",
    holder="World Health Organization",
    attribution=(
        "(c) World Health Organization 2003. Kessler R.C., Barker P.R., Colpe L.J., et al. (2003). "
        "Screening for serious mental illness in the general population. Archives of General "
        "Psychiatry, 60(2), 184-189."
    ),
    conditions="Available for unrestricted use with the copyright line and the 2003 citation.",
)
