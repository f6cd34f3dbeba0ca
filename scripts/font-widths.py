"""Prints src/report/widths.ts: the advance width of every character of the four font files, in thousandths of an em.

Usage: font-widths.py FOLDER
"""

import sys

from fontTools.ttLib import TTFont

folder = sys.argv[1]
styles = {"regular": "400", "semibold": "600", "bold": "700", "italic": "400i"}
fonts = {name: TTFont(f"{folder}/headwater-sans-{file}.ttf") for name, file in styles.items()}
common = sorted(set.intersection(*(set(font.getBestCmap()) for font in fonts.values())))
runs = []
for code in common:
    if runs and runs[-1][-1] == code - 1:
        runs[-1].append(code)
    else:
        runs.append([code])

print("/** Made by scripts/subset-fonts.sh from the font files: first and last code point of every run of characters they cover. */")
print("export const coveredRuns: readonly (readonly [number, number])[] = [")
for run in runs:
    print(f"  [{run[0]}, {run[-1]}],")
print("]\n")
print("/** Advance width of each covered character in order, thousandths of an em: two base-36 digits each. */")
print("export const advanceWidths = {")
digits = "0123456789abcdefghijklmnopqrstuvwxyz"
for name, font in fonts.items():
    cmap, metrics = font.getBestCmap(), font["hmtx"]
    text = "".join(digits[min(w, 1295) // 36] + digits[min(w, 1295) % 36] for w in (metrics[cmap[code]][0] for code in common))
    print(f"  {name}:")
    print(f'    "{text}",')
print("} as const")
