"""What happens in two ordinary years, in words; nobody named here exists."""


def _happening(behaviour, aim, channel, place, weight, *stories):
    return {
        "behaviour": behaviour,
        "aim": aim,
        "channel": channel,
        "place": place,
        "weight": weight,
        "stories": stories,
    }


HAPPENINGS = [
    _happening(
        "raised_voice_policy",
        "none",
        "face_to_face",
        "town_hall",
        14,
        "Een inwoner roept aan de balie dat het schandalig lang duurt met zijn vergunning.",
        "Een ondernemer slaat boos de deur achter zich dicht na een gesprek over de terrassen.",
        "Een bewoonster huilt en schreeuwt over de huurverhoging; na een kop thee gaat het weer.",
    ),
    _happening(
        "criticism",
        "none",
        "email",
        "online",
        10,
        "Een felle mail over de kap van de kastanjes, zonder dat iemand persoonlijk wordt.",
        "Een lange brief waarin het beleid voor de haven een schande wordt genoemd.",
    ),
    _happening(
        "persisting",
        "goal",
        "phone",
        "town_hall",
        8,
        "Belt voor de zesde keer op een dag en houdt niet op, ook niet na een verzoek.",
        "Blijft aan de telefoon doorschelden nadat het gesprek was beëindigd.",
    ),
    _happening(
        "mail_flood",
        "goal",
        "email",
        "online",
        9,
        "Veertig mails in een week, met steeds dezelfde eis en een dreigende toon.",
        "Stuurt elke nacht tientallen berichten over de windmolens en eist antwoord.",
    ),
    _happening(
        "insult",
        "harm",
        "social_media",
        "online",
        26,
        'Onder een bericht over het azc: "Jij bent een landverrader, zakkenvuller dat je bent."',
        'Reageert op een foto van de opening: "Wat een walgelijk mens ben jij."',
        'Noemt iemand in een buurtgroep met naam een "corrupte dief".',
    ),
    _happening(
        "insult",
        "harm",
        "face_to_face",
        "public",
        12,
        'Roept op de markt: "Jij bent te dom om voor de duvel te dansen, opdonderen!"',
        'Scheldt op straat: "Vuile leugenaar, je hebt ons dorp verkocht."',
    ),
    _happening(
        "discrimination",
        "harm",
        "email",
        "online",
        8,
        "Een mail met opmerkingen over de afkomst en de hoofddoek van de ontvanger.",
        "Een brief waarin staat dat iemand met die achternaam hier niets te zeggen heeft.",
    ),
    _happening(
        "harassment",
        "harm",
        "phone",
        "home",
        6,
        "Belt drie avonden achter elkaar naar het privénummer en zwijgt.",
        "Spreekt de voicemail vol met kleinerende opmerkingen.",
    ),
    _happening(
        "threat",
        "goal",
        "social_media",
        "online",
        14,
        '"Als je voorstemt weten we je te vinden", met een foto van de straat erbij.',
        '"Je moet eens goed achterom kijken op weg naar huis." Het account is anoniem.',
    ),
    _happening(
        "threat",
        "goal",
        "face_to_face",
        "town_hall",
        8,
        'Buigt over de balie: "Ik weet hoe laat jij vrij bent. Regel het, of ik sta er."',
        'Zegt na de inspraak: "Jouw huis brandt ook goed."',
    ),
    _happening(
        "coercion",
        "goal",
        "letter",
        "online",
        5,
        "Een brief: trek het voorstel in, anders gaan er foto's van het gezin online.",
    ),
    _happening(
        "stalking",
        "harm",
        "face_to_face",
        "home",
        4,
        "Staat voor de vierde avond aan de overkant van het huis en volgt naar de winkel.",
    ),
    _happening(
        "pushing",
        "harm",
        "face_to_face",
        "public",
        11,
        "Duwt in het voorbijgaan hard tegen de schouder en loopt lachend door.",
        "Grijpt bij de jas en trekt, omstanders halen hem weg.",
    ),
    _happening(
        "damage",
        "harm",
        "other",
        "home",
        11,
        "De banden van de auto zijn lek gestoken, met een briefje onder de ruitenwisser.",
        "Een ruit van de voordeur is ingegooid in de nacht na de raadsvergadering.",
    ),
]

VIEWS = (
    "Zegt dat hij boos was en het zo niet bedoelde.",
    "Biedt excuses aan.",
    "Vindt dat hij gelijk heeft en dat de gemeente niet luistert.",
    "Zegt dat het een grap was.",
)

TOLD = (
    "Een lid van de raad is bedreigd. Er is gesproken en er is een maatregel genomen.",
    "Een bestuurder is thuis lastiggevallen. Die vond het goed dat u dit weet.",
    "Er was een incident na de vergadering. De nazorg loopt; vraag er in het openbaar niet naar.",
)

LEARNED = (
    {"went_well": "De leidinggevende belde dezelfde dag.", "must_change": "Niets."},
    {"went_well": "De brief was snel weg.", "must_change": "Niets."},
    {"went_well": "De omstanders grepen in.", "must_change": "De melding kwam laat."},
    {
        "went_well": "De nazorg kwam meteen op gang.",
        "must_change": "De burger hoorde pas na weken iets.",
        "lesson": "Bel de burger binnen een week, ook als het besluit er nog niet is.",
    },
    {
        "went_well": "Er is aangifte aangeboden.",
        "must_change": "Schermafdrukken ontbraken.",
        "lesson": "Maak eerst een schermafdruk, en blokkeer het account daarna.",
    },
    {
        "went_well": "De receptie wist wie er niet in mocht.",
        "must_change": "De achterdeur stond open.",
        "lesson": "Doe de achterdeur op slot bij een inspraakavond.",
    },
)

EVALUATED = {
    "conclusions": "Het eerste gesprek is bijna altijd binnen een dag gevoerd. Brieven aan burgers "
    "gaan te laat de deur uit. Melden gaat vanzelf: de meeste meldingen komen dezelfde dag.",
    "changes": "De brief krijgt een termijn van drie werkdagen. De balie oefent elk half jaar.",
}

_FIRST = (
    "Ab",
    "Bea",
    "Cor",
    "Dirk",
    "Elly",
    "Frits",
    "Gerda",
    "Henk",
    "Ina",
    "Joop",
    "Kees",
    "Lies",
)
_LAST = ("Akkerman", "Blom", "Copper", "Drost", "Elzinga", "Faber", "Groot", "Haan", "IJzer")
CAUSERS = [f"{first} {last}" for last in _LAST for first in _FIRST]
