"""The countries and regions that have series of their own, as the sources call them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A country as the sources call it, its currency, and the rate's plausible range."""

    code: str  # ISO 3166 alpha-2: BIS, ids
    alpha3: str  # World Bank, IMF
    currency: str
    title: str  # of the currency
    low: float
    high: float


#: So many places, the first ones, are those that the source document is about.
FOCUS = 3
#: Argentina, Turkey and Chile first, as the source document does; further emerging markets whose currency BIS carries.
PLACES: tuple[Place, ...] = (
    Place("AR", "ARG", "ARS", "Argentine peso, official", 0.5, 50_000),
    Place("TR", "TUR", "TRY", "Turkish lira", 0.5, 1_000),
    Place("CL", "CHL", "CLP", "Chilean peso", 100, 5_000),
    Place("ZA", "ZAF", "ZAR", "South African rand", 2, 200),
    Place("EG", "EGY", "EGP", "Egyptian pound", 2, 1_000),
    Place("ID", "IDN", "IDR", "Indonesian rupiah", 1_000, 100_000),
    Place("RU", "RUS", "RUB", "Russian rouble", 10, 1_000),
    Place("CN", "CHN", "CNY", "Renminbi", 2, 30),
    Place("BR", "BRA", "BRL", "Brazilian real", 0.5, 50),
    Place("MX", "MEX", "MXN", "Mexican peso", 5, 200),
    Place("IN", "IND", "INR", "Indian rupee", 20, 500),
    Place("PL", "POL", "PLN", "Polish zloty", 1, 30),
    Place("CO", "COL", "COP", "Colombian peso", 500, 50_000),
    Place("PE", "PER", "PEN", "Peruvian sol", 1, 50),
    Place("HU", "HUN", "HUF", "Hungarian forint", 50, 5_000),
    Place("RO", "ROU", "RON", "Romanian leu", 1, 50),
    Place("TH", "THA", "THB", "Thai baht", 10, 500),
    Place("MY", "MYS", "MYR", "Malaysian ringgit", 1, 50),
    Place("PH", "PHL", "PHP", "Philippine peso", 10, 1_000),
    Place("PK", "PAK", "PKR", "Pakistani rupee", 20, 5_000),
    Place("NG", "NGA", "NGN", "Nigerian naira", 20, 50_000),
    Place("UA", "UKR", "UAH", "Ukrainian hryvnia", 2, 1_000),
    Place("KZ", "KAZ", "KZT", "Kazakhstani tenge", 50, 10_000),
)
