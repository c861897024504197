"""Words around names of places in English and Arabic, folded as `annotator.coding.folding` does."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BEFORE_NAME = _words(
    "in at near around outside inside from to towards toward on over across into between "
    "hit struck shelled bombed bombarded targeted pounded reached entered left"
)
"""English words that a name of a place follows."""

ATTACKS = _words("shelling bombardment bombing storming siege capture targeting")
"""Words before "of NAME" that make the name one of a place."""

INSIDE = _words("of in at near outside inside around")
"""Words between a kind of place and the name of the place around it."""

DETERMINERS = _words("the a an their his her its this that")

SITES = _words(
    "city town village hamlet quarter neighbourhood neighborhood district province governorate "
    "countryside outskirts suburb suburbs area region subdistrict camp crossing checkpoint border "
    "market bakery queue hospital clinic school mosque church prison branch street road bridge "
    "square roundabout farm farms field grove orchard house building station airport base "
    "headquarters well mill mountain valley island east west north south centre center part parts "
    "section sections neighbourhoods neighborhoods villages towns quarters districts"
)
"""English words for kinds of place, before "of NAME" or "in NAME" or after a name."""

PARTICLES = _words("al el ad an ar as ash at az ul bin ibn abu umm de la")
"""Small words inside a name, such as the Arabic article."""

ORGANISATIONS = _words(
    "state states forces force army front party observatory guard guards coalition council brigade "
    "brigades movement organisation organization network red crescent cross nations division union "
    "government ministry agency committee association faction factions regime militia militias "
    "gunmen warplanes fighters authority monitor commission rights"
)
"""Words that make a name that of a party or an organisation."""

NATIONALITIES = _words(
    "syrian russian turkish iranian lebanese american israeli iraqi jordanian kurdish arab islamic "
    "islamist french british palestinian afghan"
)
"""Words with a capital that say whose something is, not where."""

SITES_AR = _words(
    "مدينه بلده قريه حي ريف محافظه منطقه ناحيه مخيم حاجز سوق مشفي مستشفي معبر شارع مزرعه مزارع "
    "ساحه دوار جسر قضاء بلدات قري احياء اطراف محيط ضاحيه جزيره مطار"
)
"""Arabic words that a name of a place follows."""

HEADS_AR = _words(
    "تل كفر دير عين خان ابو ابي ام راس جبل بيت شيخ الشيخ حوش قصر جسر معره وادي خربه باب برج دار "
    "بني جب بير سوق قلعه عرب نهر رسم بستان كرم"
)
"""First words of Arabic names of two words."""

BEFORE_HEAD_AR = _words("في علي من الي قرب داخل خارج نحو باتجاه")
"""Arabic words after which such a first word begins the name of a place."""

DIRECTIONS_AR = _words(
    "شمالي جنوبي شرقي غربي شماليه جنوبيه شرقيه غربيه اوسط وسط كبري صغري كبير صغير"
)
"""Last words of Arabic names, with or without article."""
