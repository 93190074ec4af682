"""Crisis lines of the United States.

988 "press 3" for LGBTQ+ callers ended on 17 July 2025 and is not listed; many pages still print it.
"""

from datetime import date

from waymark.library.line import By, Channel, Line
from waymark.library.marking import gettext_noop

SEEN = date(2026, 11, 22)

EMERGENCY = Line(
    id="us-911",
    region="US",
    name="Emergency services",
    channels=(Channel(By.CALL, "911"),),
    hours=gettext_noop("24 hours, every day"),
    languages=("English",),
    source="911.gov, as quoted by the Town of Skowhegan (skowhegan.org, FAQ 95), seen 2026-11-22",
    verified_on=SEEN,
    note=gettext_noop("If you or someone else is in danger right now."),
    emergency=True,
)

LIFELINE = Line(
    id="us-988",
    region="US",
    name="988 Suicide & Crisis Lifeline",
    channels=(
        Channel(By.CALL, "988"),
        Channel(By.TEXT, "988"),
        Channel(By.CHAT, "988lifeline.org"),
    ),
    hours=gettext_noop("24 hours, every day"),
    languages=("English", "Spanish"),
    source="988lifeline.org/get-help/what-to-expect, seen 2026-11-22",
    verified_on=SEEN,
    note=gettext_noop("Free. On the phone, press 1 for the Veterans Crisis Line or 2 for Spanish."),
)

CRISIS_TEXT_LINE = Line(
    id="us-crisis-text-line",
    region="US",
    name="Crisis Text Line",
    channels=(Channel(By.TEXT, "741741", words="HOME"),),
    hours=gettext_noop("24 hours, every day"),
    languages=("English",),
    source="Crisis Text Line's own notice, as carried by sfisd.net, seen 2026-11-22",
    verified_on=SEEN,
    note=gettext_noop("Free on most phones."),
)

TREVOR = Line(
    id="us-trevor",
    region="US",
    name="The Trevor Project",
    channels=(
        Channel(By.CALL, "1-866-488-7386"),
        Channel(By.TEXT, "678-678", words="START"),
    ),
    hours=gettext_noop("24 hours, every day"),
    languages=("English",),
    source="News reports on the end of the 988 press 3 service, July 2025, seen 2026-11-22",
    verified_on=SEEN,
    note=gettext_noop("For LGBTQ+ young people."),
)

TRANS_LIFELINE = Line(
    id="us-trans-lifeline",
    region="US",
    name="Trans Lifeline",
    channels=(Channel(By.CALL, "877-565-8860"),),
    hours=gettext_noop("Not all hours; the line's own site has the times"),
    languages=("English",),
    source="News reports on the end of the 988 press 3 service, July 2025, seen 2026-11-22",
    verified_on=SEEN,
    note=gettext_noop("Run by and for trans people."),
)

VETERANS_TEXT = Line(
    id="us-veterans-text",
    region="US",
    name="Veterans Crisis Line",
    channels=(Channel(By.CALL, "988", words="then press 1"), Channel(By.TEXT, "838255")),
    hours=gettext_noop("24 hours, every day"),
    languages=("English",),
    source="Check at veteranscrisisline.net",
)

DOMESTIC_VIOLENCE = Line(
    id="us-domestic-violence",
    region="US",
    name="National Domestic Violence Hotline",
    channels=(Channel(By.CALL, "1-800-799-7233"),),
    hours="",
    languages=("English",),
    source="Check at thehotline.org",
)

SEXUAL_ASSAULT = Line(
    id="us-sexual-assault",
    region="US",
    name="National Sexual Assault Hotline (RAINN)",
    channels=(Channel(By.CALL, "1-800-656-4673"),),
    hours="",
    languages=("English",),
    source="Check at rainn.org",
)

DISASTER_DISTRESS = Line(
    id="us-disaster-distress",
    region="US",
    name="Disaster Distress Helpline",
    channels=(Channel(By.CALL, "1-800-985-5990"),),
    hours="",
    languages=("English",),
    source="Check at samhsa.gov",
)

MATERNAL = Line(
    id="us-maternal",
    region="US",
    name="National Maternal Mental Health Hotline",
    channels=(Channel(By.CALL, "1-833-852-6262"),),
    hours="",
    languages=("English",),
    source="Check at mchb.hrsa.gov",
)
