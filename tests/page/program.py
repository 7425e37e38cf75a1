"""How the demo is started."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "workspace", "--port")
