"""The command line as a module: ``python -m targettrack``."""

import sys

from targettrack.cli import main

sys.exit(main())
