"""The words by which hints on goals go: what one does, what one feels, what is up to others."""

import re

from waymark.library.word import WORD

ACTIONS = frozenset(
    WORD.findall("""
    accept answer apply arrange ask attend bake bike book breathe bring build buy call carry check
    choose clean climb contact cook count cycle dance decline do draw dress drink drive eat email
    exercise express feed finish fix garden get give go greet hand have help hike hug introduce
    invite jog join journal keep knit learn leave let lift list listen log look make meditate meet
    message move name note notice offer open order pack paint pause pay phone plan plant play
    praise practice prepare put raise read refuse replace rest return ride run save say schedule
    send set sew share shop show shower sing sit sleep smile speak spend stand start stay stretch
    study swap swim take talk tell text thank tidy track train travel try turn use visit volunteer
    wake walk wash watch water wear write
    """)
)
BARE_ACTIONS = frozenset(
    WORD.findall("do get give go have keep let look make put show start stay take try use")
)
"""They do nothing by themselves beside a feeling: ``get happy``, ``try to be calm``."""

FEELING_WORDS = frozenset(
    WORD.findall("""
    anger angry anxiety anxious ashamed better calm calmer comfortable confidence confident content
    depressed depression esteem fine good grief guilt guilty happier happiness happy hopeful joy
    kind kinder loneliness lonely mood motivated motivation normal okay overwhelmed panic peace
    peaceful positive relaxed sad sadness scared secure shame strong stronger stress stressed
    unhappy worried worry
    """)
)

CONTEXT = re.compile(
    r"\d|\b(?:after|at|before|by|during|each|every|for|from|in|on|once|per|twice|until|when|while"
    r"|with|within|daily|weekly|monthly|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|a (?:day|week|month)|mornings?|evenings?|nights?|weekends?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b"
)
"""When, where, how often or with whom."""

_PERSON = (
    r"(?:him|her|them|people|others|everyone|everybody|someone|somebody"
    r"|(?:my|the|our) (?:\w+ )?(?:boss|boyfriend|brother|children|child|colleagues?|coworkers?"
    r"|dad|daughter|ex|family|father|friends?|girlfriend|husband|kids?|landlord|manager|mom"
    r"|mother|mum|neighbors?|parents?|partner|roommates?|sister|son|teacher|team|wife))"
)
_DOES = (
    r"(?:accept|apologize|be|believe|care|change|forgive|hear|help|leave|like|listen|love|notice"
    r"|pay|quit|realize|respect|speak|spend|stop|talk|treat|trust|understand)"
)
OTHERS_DO = re.compile(
    rf"\b(?:make|have|let) {_PERSON} {_DOES}\b"
    rf"|\b(?:get|force|push|convince|persuade) {_PERSON} to {_DOES}\b"
    rf"|^(?:{_PERSON}|he|she|they) (?:will|must|needs? to|has to|have to|stops?|starts?|learns?"
    r"|listens?|respects?|treats?|loves?|forgives?|changes?|apologizes?|understands?)\b"
)
"""What somebody else would have to do: ``get my son to talk``; not ``make my partner dinner``."""

_STOP = r"(?:stop|quit|avoid|give up|cut out|no more|don't|do not|never|not)"
LEAVING = re.compile(
    rf"^(?:to |i (?:want|would like|will|plan) (?:to )?|i will )?{_STOP}"
    r" (?:\w+ing\b|my\b|the\b|being\b|all\b|any\b|\w+$|\w+ (?:at|in|on|with|after|before)\b)"
)
"""A goal that begins by leaving something."""

TOWARD = re.compile(r"\binstead\b|\brather\b|\bin its place\b|\band\b|[,;]")
"""It goes on to what comes in its place."""
