"""`python -m app`: the headless commands alone."""

import sys

from app.cli.main import main

sys.exit(main(program="python -m app"))
