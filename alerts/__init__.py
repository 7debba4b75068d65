"""When something needs a person: metrics, rules and the life of an alert. Pure; knows neither the Fed nor the book."""
