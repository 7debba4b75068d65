"""The Federal Reserve side: balance sheet, composition, corridor, the state of the tide."""
