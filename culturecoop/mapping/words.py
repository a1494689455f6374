"""What the columns of foreign sheets are called, in five languages.

A phrase counts whatever its case, accents and punctuation are.
"""

LANGUAGES = ("en", "fr", "de", "es", "pt")

#: {our column: {language: phrases}}; `title` is the column of the language the headings are in.
PHRASES = {
    "title": {
        "en": ["title", "official title", "treaty name", "agreement name", "name", "rta name",
               "common name", "treaty title", "full title"],
        "fr": ["titre", "intitulé", "nom", "titre officiel", "nom de l'accord"],
        "de": ["titel", "bezeichnung", "name", "name des abkommens"],
        "es": ["título", "nombre", "nombre del tratado", "denominación"],
        "pt": ["título", "titulo do acordo", "nome", "denominação"],
    },
    "parties": {
        "en": ["parties", "partners", "current signatories", "signatories", "membership",
               "members", "country name", "countries", "party", "partner", "states"],
        "fr": ["parties", "partenaires", "pays", "partenaire", "signataires", "états"],
        "de": ["parteien", "vertragsparteien", "partner", "länder", "land", "staaten"],
        "es": ["partes", "países", "país", "socios", "signatarios", "estados"],
        "pt": ["partes", "parceiro", "parceiros", "países", "país", "signatários", "estados"],
    },
    "party": {
        "en": ["party", "partner", "country", "state", "country name"],
        "fr": ["partie", "partenaire", "pays", "état"],
        "de": ["partei", "partner", "land", "staat"],
        "es": ["parte", "país", "estado"],
        "pt": ["parte", "parceiro", "país", "estado"],
    },
    "kind": {
        "en": ["kind", "type", "treaty type", "agreement type", "document type"],
        "fr": ["type", "nature", "type d'accord"],
        "de": ["art", "typ", "art des abkommens"],
        "es": ["tipo", "clase", "tipo de tratado"],
        "pt": ["tipo", "espécie", "tipo de acordo"],
    },
    "negotiations_concluded": {
        "en": ["negotiations concluded", "conclusion of negotiations"],
        "fr": ["conclusion des négociations"],
        "de": ["abschluss der verhandlungen"],
        "es": ["conclusión de las negociaciones"],
        "pt": ["conclusão das negociações"],
    },
    "initialled": {
        "en": ["initialled", "date of initialling"],
        "fr": ["paraphé", "date de paraphe"],
        "de": ["paraphiert", "paraphierung"],
        "es": ["rubricado", "fecha de rúbrica"],
        "pt": ["rubricado", "data da rubrica"],
    },
    "signature": {
        "en": ["signature", "date of signature", "signed", "signature date", "signed event date",
               "signing date", "date signed", "year of agreement", "year"],
        "fr": ["signature", "date de signature", "signé le"],
        "de": ["unterzeichnung", "datum der unterzeichnung", "unterzeichnet am"],
        "es": ["firma", "fecha de firma", "firmado"],
        "pt": ["assinatura", "data de assinatura", "data", "data de celebração"],
    },
    "provisional_application": {
        "en": ["provisional application", "provisional eif event date", "provisionally applied",
               "provisional entry into force"],
        "fr": ["application provisoire", "date d'application provisoire"],
        "de": ["vorläufige anwendung"],
        "es": ["aplicación provisional"],
        "pt": ["aplicação provisória"],
    },
    "entry_into_force": {
        "en": ["entry into force", "date of entry into force", "in force", "force",
               "definitive eif event date", "definative eif event date",
               "year of entry into force", "effective date", "date iea entered into force"],
        "fr": ["entrée en vigueur", "date d'entrée en vigueur"],
        "de": ["inkrafttreten", "datum des inkrafttretens"],
        "es": ["entrada en vigor", "fecha de entrada en vigor"],
        "pt": ["entrada em vigor", "data de entrada em vigor", "vigor int em"],
    },
    "termination": {
        "en": ["termination", "date of termination", "terminated", "terminated event date",
               "end", "end date", "inactive date", "expiry"],
        "fr": ["fin", "date de fin", "extinction", "expiration"],
        "de": ["beendigung", "außerkrafttreten", "ende"],
        "es": ["terminación", "fin", "fecha de terminación", "expiración"],
        "pt": ["término", "fim", "expirou em", "denúncia"],
    },
    "legal_basis": {
        "en": ["legal basis"],
        "fr": ["base juridique"],
        "de": ["rechtsgrundlage"],
        "es": ["base jurídica"],
        "pt": ["base jurídica"],
    },
    "internal_note": {
        "en": ["internal note", "note", "notes", "remarks", "comments"],
        "fr": ["note", "notes", "remarques", "observation", "observations"],
        "de": ["notiz", "anmerkung", "anmerkungen", "bemerkungen"],
        "es": ["nota", "notas", "observaciones"],
        "pt": ["nota", "notas", "observações"],
    },
    "date": {
        "en": ["date", "event date"],
        "fr": ["date"],
        "de": ["datum"],
        "es": ["fecha"],
        "pt": ["data"],
    },
    "slug": {
        "en": ["slug", "id", "uuid", "identifier", "reference number", "rta id", "treaty id",
               "number", "code"],
        "fr": ["identifiant", "numéro", "cote"],
        "de": ["kennung", "nummer", "kennzeichen"],
        "es": ["identificador", "número", "código"],
        "pt": ["identificador", "número", "código"],
    },
}  # fmt: skip
