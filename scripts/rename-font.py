"""Gives a subset font file the family name "Headwater Sans"; the original copyright line stays, as the licence asks.

Usage: rename-font.py FILE WEIGHT STYLE
"""

import sys

from fontTools.ttLib import TTFont

path, weight, style = sys.argv[1:4]
font = TTFont(path)
family = "Headwater Sans"
postscript = "HeadwaterSans-" + style
names = {1: family if style in ("Regular", "Bold", "Italic") else family + " " + style, 3: "Headwater;" + postscript}
names |= {2: style if style in ("Bold", "Italic") else "Regular", 4: family + " " + style, 6: postscript, 16: family, 17: style}
table = font["name"]
copyright_line = table.getDebugName(0)
licence = table.getDebugName(13)
table.names = []
for number, text in ({0: copyright_line, 5: "Version 3.052 subset", 13: licence, 14: "http://scripts.sil.org/OFL"} | names).items():
    table.setName(text, number, 3, 1, 0x409)
font["OS/2"].usWeightClass = int(weight)
font["head"].modified = font["head"].created
font.recalcTimestamp = False
font.save(path)
