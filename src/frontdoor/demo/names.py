"""Names to put together: made up, of every script and kind. Nobody of these is meant."""

from __future__ import annotations

_FIRST = (
    "Aaliyah|Abel|Ada|Agnieszka|Alasdair|Alma|Amrit|Aneurin|Anneliese|Arjun|Astrid|Beatrix|Bilal|Branwen|"
    "Bronagh|Cormac|Cressida|Dalisay|Danilo|Delyth|Dilys|Ebenezer|Eilidh|Ekow|Elspeth|Emeka|Esme|Fatuma|"
    "Fergus|Gethin|Goran|Gwilym|Halina|Hamza|Hester|Hyacinth|Idris|Ines|Ioan|Isolde|Ivo|Jamila|Jarek|"
    "Jethro|Kamala|Keir|Kwame|Lakshmi|Leander|Linnea|Lowri|Magnus|Mairead|Malachy|Manoj|Marisol|Mehmet|"
    "Merryn|Mireille|Mordecai|Nadia|Nerys|Niamh|Obadiah|Odile|Olamide|Oonagh|Parveen|Perpetua|Piotr|"
    "Quentin|Rhiannon|Rosalind|Roxana|Ruaridh|Saoirse|Seren|Shanthi|Silas|Soraya|Tariq|Tegan|Thaddeus|"
    "Tirion|Ulrike|Valentin|Wanjiru|Wilfred|Xanthe|Yasmin|Yetunde|Zainab|Zebedee|Zofia"
)
_LAST = (
    "Abernethwaite|Ashdownley|Balakrishna-Hythe|Barrowclough-Ing|Birkenshore|Blackfell|Brackenbury-Otu|"
    "Bramblethorn|Caddickson|Carrowmoor|Chidderton|Cobblestane|Corriveau-Nkemelu|Coverdalling|"
    "Dąbrowiecka|Dalgarthen|Drummelfield|D’Ashworthy|Eddlestonby|Ellerkerby|Fairweatherby|"
    "Featherstonwick|Fennelworth|Fitzgarroway|Garthwaitely|Gossamerton|Grindlebrook|Hathershawe|"
    "Heatherslaw|Hollinscroft|Ibrahimović-Lea|Inglewhitton|Jaskólska|Kettlewellan|Kirkbridely|"
    "Lambertsgill|Larkspurton|Llanwennol|Mallerstanger|Marchbanksy|Mbekelwa|Merryweatherly|Moorcroftson|"
    "Müllerstrand|Nettleshipley|Ní Chaoimhleach|Nightingarth|Nwachukeze|O’Brannagain|O’Dunlevanagh|"
    "Okonjobi|Ormathwaitely|Pemberwick|Penhallurickson|Quarmbyley|Rasmussenfold|Ravenscarr|Ruddockshaw|"
    "Sandalwick|Skelderskew|Šimunovićek|Sturmeydale|Tamworthen|Tattersfold|Thistlethorpe|Tregarrickson|"
    "Umarjidani|Uddinthorpe|Van der Meerbeek|Vaughanstead|Venkatarajan|Wainfleeting|Weatherhelm|"
    "Wensleyford|Whinfellow|Wooldridgely|Xuereb-Tarn|Yarrowdale|Yilmazoğluk|Zetterlundby"
)
_OTHER_SCRIPTS = (
    "陳美玲|李小雨|Παναγιώτα Θαλασσινού|Олена Криничанська|Микола Вербицький-Гай|محمد النورسي|فاطمة الزهيراوي|"
    "ਜਸਪ੍ਰੀਤ ਕੌਰ|રમીલા પરમાળી|மீனாட்சி சுந்தரவேல்|রুমানা চৌধুরানী|שרה גולדנברגר|박서윤|山本さくら|አበበ ተክለማርያም|"
    "နန်းခင်|ゆき"
)
FIRST = _FIRST.split("|")
LAST = _LAST.split("|")
OTHER_SCRIPTS = _OTHER_SCRIPTS.split("|")
SINGLE = ("Suparti", "Budiwati", "Thiruvengadam", "Mononymous", "Sukarsih", "Tenzinla", "Nhi")
ORGANISATIONS = (
    "Rowan House Care Home",
    "Wealdmoor Community Wheels",
    "The Larches Day Centre",
    "Harbour Hospice at Home",
    "St Oswin’s Special School",
    "Moorside Stroke Club",
)
