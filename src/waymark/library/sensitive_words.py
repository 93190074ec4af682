"""The words by which sensitive goals are found, one line a way of saying it.

Each is read in text that is folded already (`word.folded`). Narrow on purpose: what a line takes
and leaves stands in tests/library/sensitive_goals.toml, twenty sentences and more each way.
"""

import re


def _any(*ways: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{way})" for way in ways))


_OF_WEIGHT = r"(?:pounds?|lbs?|kilos?|kilograms?|kgs?|stone)"
_MEDICINE = (
    r"(?:meds?|medications?|medicines?|pills?|tablets|dos(?:e|es|age)|antidepressants?|ssris?"
    r"|benzos?|abilify|adderall|alprazolam|ambien|ativan|bupropion|celexa|citalopram|clonazepam"
    r"|concerta|cymbalta|diazepam|duloxetine|effexor|escitalopram|fluoxetine|klonopin|lamictal"
    r"|lamotrigine|lexapro|lithium|lorazepam|mirtazapine|olanzapine|paroxetine|paxil|prozac"
    r"|quetiapine|ritalin|seroquel|sertraline|trazodone|valium|venlafaxine|wellbutrin|xanax"
    r"|zoloft|zolpidem)\b(?! (?:box|bottle|bag|cabinet|case|organizer|reminder|screen|time|use"
    r"|of (?:fresh|fun|humor|nature|reality|sun))\b)"
)
_WHOSE = r"(?:(?:my|the|all|these|this|a|of|daily|nightly|morning|evening|new|sleeping) ){0,4}"
_LESS = (
    r"(?:stop|quit|skip|halve|taper|wean|lower|reduce|cut|increase|raise|double|change|switch"
    r"|adjust|replace|lessen|drop)"
)
_OFF = r"(?:off|down|down on|back on|out|up)"
_HARMED = (
    r"(?:abuser|rapist|stalker|attacker|molester"
    r"|(?:abusive|violent) (?!books?\b|crime\b|films?\b|games?\b|movies?\b)\w+"
    r"|(?:who|that) (?:hits?|beats?|hurts?|raped?|abuse[sd]?|assaulted|attacked|stalked|stalks"
    r"|threatened|threatens|molested|choked|locked) me)"
)
_CONTACT = (
    r"(?:call|phone|text|message|email|write to|write back to|talk to|talk with|speak to"
    r"|speak with|meet|meet with|meet up with|see|visit|contact|answer|reply to|reach out to"
    r"|confront|forgive|go back to|get back with|get back together with|move back in with"
    r"|make up with|reconcile with|stay with|invite|(?:coffee|dinner|lunch|breakfast) with)"
)
_SELF = r"(?:myself|my (?:arms?|legs?|wrists?|skin|thighs?))"
_MOVING = (
    r"(?:exercis\w+|work(?:ing)? ?outs?|workouts?|train(?:ing)?|gym|cardio|run(?:s|ning)?"
    r"|jog(?:s|ging)?|walk(?:s|ing)?|swim(?:s|ming)?|cycl(?:e|ing)|bik(?:e|ing)|steps|sit-?ups"
    r"|push-?ups|crunches|squats|yoga|treadmill|hiit|sport)"
)
_TO_MAKE_UP = (
    r"(?:burn(?:ing)? (?:it |them |this |that )?off|burn(?:ing)? (?:\w+ )?calories|burn fat"
    r"|work(?:ing)? (?:it |them )?off (?:what|the|my|dinner|lunch|breakfast|food)"
    r"|mak(?:e|ing) up for (?:what i (?:ate|eat)|eating|the food|food|dinner|lunch|a meal"
    r"|each meal|every meal|dessert|a binge|snacks?)|earn (?:my |a |the )?(?:food|meals?|dinner"
    r"|lunch|breakfast|dessert)|after (?:every|each) (?:meal|binge|bite)|(?:get|be|stay) thin"
    r"|get thinner|get skinny|flat(?:ter)? stomach|no rest days|without (?:a )?rest days?"
    r"|even (?:when|if) (?:i am|i'm) (?:ill|sick|hurt|injured))"
)
_NOT = r"(?<!not )(?<!n't )(?<!never )"
_AGAIN = r"(?:twice|two times|three times|[2-9] times) (?:a|every|each) day"
_HOURS = r"(?:two|three|four|[2-9]) hours (?:a|every|each) day"
_ASIDE = r"(?!about|against|for|from|group|how|not|what|why|without)"

WEIGHT = _any(
    r"\b(?:lose|losing|drop|shed|gain|gaining) (?:\w+ ){0,3}?weight\b",
    rf"\b(?:lose|losing|drop|shed|gain|gaining|put on) (?:\S+ ){{0,3}}?{_OF_WEIGHT}\b",
    r"\bweigh (?:\w+ ){0,3}?\d",
    rf"\b(?:down to|up to|get to|reach|be at) \d+ ?{_OF_WEIGHT}\b",
    r"\blose (?:\w+ )?fat\b",
    r"\b(?:target|goal|ideal) weight\b",
    r"\bbmi\b",
    r"\bkcals?\b",
    r"\bcalori(?:es?|c)\b",
    r"\b(?:crash|juice|go on a|stick to a|keto|start a) diet\b",
    r"\bone meal a day\b",
    rf"{_NOT}\bskip (?:\w+ )?(?:meals?|breakfast|lunch|dinner|supper)\b",
    r"(?:^|\b(?:to|will|and) )fast (?:for|until)\b",
    r"\b(?:get|down|fit) (?:\w+ )?(?:in)?to (?:a )?size \d",
)
MEDICATION = _any(
    rf"{_NOT}\b{_LESS} (?:{_OFF} )?(?:taking |using )?{_WHOSE}{_MEDICINE}\b",
    rf"\b(?:come|go|get|be|live|wean|wean myself) (?:\w+ )?(?:off|without) {_WHOSE}{_MEDICINE}\b",
    r"\b(?:start|try|begin|restart) (?:a new |on |back on |on a new )?(?:course of )?"
    rf"{_MEDICINE}\b",
    rf"\btake (?:only )?(?:half|double|more|less|fewer) (?:of )?{_WHOSE}{_MEDICINE}\b",
    rf"\b(?:half|double) (?:of )?{_WHOSE}dose\b",
)
CONTACT = _any(rf"(?<!no ){_NOT}\b{_CONTACT} (?:{_ASIDE}\S+ ){{0,5}}?{_HARMED}\b")
SELF_HARM = _any(
    r"\bself[- ]?(?:harm\w*|injur\w+|mutilat\w+)",
    rf"\b(?:cut|cutting|burn|burning|scratch|scratching|hit|hitting) {_SELF}\b"
    r"(?! (?:some slack|off|a (?:piece|slice|break)|out))",
    r"\b(?:hurt|hurting|harm|harming|injure|injuring) myself\b",
    r"\b(?:kill|killing) myself\b(?! (?:laughing|trying))",
    r"\bend(?:ing)? my life\b",
    r"\bsuicid\w+",
    r"^(?:cut|burn) (?:only |at most |no more than )?(?:once|twice|\d+ times?)"
    r" (?:a|per) (?:day|week|month)\b",
)
TOO_MUCH = _any(
    rf"\b(?:exercise|work out|train|cardio|gym|run) (?:\w+ )?{_AGAIN}\b",
    rf"\b(?:exercise|work out|train|cardio|run) (?:for )?{_HOURS}\b",
)
MOVING = _any(rf"\b{_MOVING}\b")
TO_MAKE_UP = _any(rf"\b{_TO_MAKE_UP}")
"""Exercise is found where both are said, in any order, or where it is too much by itself."""
