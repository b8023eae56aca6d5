"""Short forms of first names that callers and records mix up: a modest list of British usage, folded to one form."""

from __future__ import annotations

# One name a line, its longest form first. A form that is short for several names (Alex, Chris, Sam) is left out.
GROUPS = """
abigail abbie abby gail
albert bert bertie
alexander alec sandy
alison ali
amanda mandy
andrew andy drew
anthony antony tony
barbara barb babs
benjamin ben benny
catherine katherine kathryn cath kath kate katie kathy cathy
charles charlie chas
christine christina chrissie
daniel dan danny
david dave davey
deborah debra debbie deb
derek del
dorothy dot dottie
douglas doug
edward ed eddie ted teddy
eleanor ellie nell
elizabeth elisabeth liz lizzie beth betty libby eliza
frances fran
frederick fred freddie
gareth gaz
geoffrey jeffrey geoff jeff
gerald gerry
gillian jill gill
gregory greg
harold
henry harry
isabella isabel bella izzy
jacqueline jackie jacqui
james jim jimmy jamie
jennifer jenny jen
jessica jess jessie
john jack johnny
jonathan jon jonny
joseph joe joey
joshua josh
judith judy
kenneth ken kenny
lawrence laurence larry
leonard len lenny
margaret maggie meg peggy madge
matthew matt
michael mike mick micky
mohammed muhammad mohamed mohammad muhammed
nathaniel nathan nat
nicholas nick nicky
oliver ollie olly
pamela pam
patricia trish tricia
peter pete
philip phillip phil
raymond ray
rebecca becky becca
richard rick dick richie ricky
robert rob bob bobby robbie
ronald ron ronnie
rosemary rosie
samantha sammy
stephen steven steve
stuart stewart stu
sandra
susan sue susie suzanne
theodore theo
theresa teresa terri
thomas tom tommy
timothy tim
victoria vicky vicki
vincent vince
virginia ginny
walter wally
william will bill billy willy
zachary zach zac
"""
FULL_FORMS = {short: line.split()[0] for line in GROUPS.split("\n") for short in line.split() if line}


def called(word: str) -> str:
    """The form of a name that all its short forms share (`bill` gives `william`); any other word is itself."""
    return FULL_FORMS.get(word, word)
