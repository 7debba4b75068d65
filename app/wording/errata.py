"""What the source document got wrong, or counts differently: every erratum by its number."""

from app.i18n import gettext as _


def erratum(number: int) -> str:
    """The sentence of an erratum; it stands wherever its figure is shown, and all of them in one list."""
    return {
        1: _(
            "Table 1 heads its first column 25 Jan 2008; its figures are those of 2 Jan 2008 (assets USD 922.187 bn). "
            "On 23 Jan 2008 assets were USD 877.253 bn."
        ),
        2: _(
            "“Currency in circulation” in both tables is Federal Reserve notes, net (2,223, not 2,272.9, on 18 May "
            "2022). “Reserves” are deposits of banks in the condition statement; WRESBAL is a week average and differs "
            "(3,356.4 against 3,297.1)."
        ),
        3: _(
            "The share of reverse repos is 24.3 % in the text and 25.2 % in Table 1; 2,242 of 8,904 is 25.18 %. "
            "The rise by 21.4 percentage points fits 24.3 % only."
        ),
        4: _(
            "The text puts the peak of the Treasury's account at USD 1.78 tn on 30 Sep 2020; the daily peak was "
            "USD 1,821.8 bn at the close of 23 Jul 2020."
        ),
        5: _("The supplementary leverage ratio divides by total leverage exposure, not by risk-weighted assets."),
        6: _("Treasury bills that fill the gap below the cap are redeemed at maturity; they are not sold."),
        7: _(
            "The text says that reserves, reverse repos and Treasury cash all fall; in Table 2 the Treasury's account "
            "rose by 202 and notes by 1,818 (0.1 bn), so reserves fell by more than the assets."
        ),
        8: _("The growth of reserves of 80.41 % a year cannot be reconciled with the levels that the text gives."),
        9: _(
            "Of the outflow from emerging markets in March 2022 China alone was USD 17.5 bn; without China they had an "
            "inflow of about USD 7.7 bn."
        ),
        10: _("Table 1 is in billions of dollars; Table 2 and Figure 4 are in units of 0.1 bn (亿美元)."),
        11: _(
            "The tables list key lines only: USD 86 bn of the assets of 2008 and USD 352 bn of those of 2022 stand in "
            "lines that they do not list."
        ),
        12: _("The cycle of 2017 to 2019 is dated two ways: 2017.10 to 2019.9, and 2017.9 to 2018.11."),
        13: _("Assets of 36.67 % of GDP at the end of March 2022 are 35.4 % on GDP as published today."),
        14: _(
            "“Loans and facilities” of 59 are loans of 21.397 and facility companies of 6.661, 28.438 and 2.466; "
            "“other assets” of 31 are the line other Federal Reserve assets (31.351)."
        ),
        15: _(
            "“Other assets” of 9 in 2008 are not the line of the release (66.750); swaps and loans of that date stand "
            "elsewhere in the release."
        ),
    }[number]
