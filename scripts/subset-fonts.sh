#!/bin/sh
# Makes public/fonts from the Source Sans 3 TTF files, and the table of advance widths from the result.
# Needs fonttools with brotli (Debian: fonttools, python3-brotli).
#
#   scripts/subset-fonts.sh FOLDER     FOLDER: the unpacked npm package @expo-google-fonts/source-sans-3
#
# The PDF's TTF files lose shaping tables (GSUB, GPOS): layout is then one width per character, which pdfkit writes about twice
# as fast. Figures are tabular by default in this family. "Source" is a reserved font name, hence the new family name.
set -eu
from=$1
to=$(dirname "$0")/../public/fonts
python=${PYTHON:-/usr/bin/python3}
mkdir -p "$to"
unicodes="U+0020-007E,U+00A0-017F,U+0180-024F,U+0259,U+02BB-02BC,U+02C6-02C7,U+02C9,U+02D8-02DD,U+0300-0304,U+0306-030C,U+0323,U+0326-0328"
unicodes="$unicodes,U+0370-03FF,U+0400-04FF,U+1E80-1E85,U+1E9E,U+1EA0-1EF9,U+2000-2060,U+2070-208E,U+20A0-20BF,U+2113,U+2116,U+2122,U+2126"
unicodes="$unicodes,U+2190-21FF,U+2200-22FF,U+25A0-25FF,U+2610-2612,U+2713-2718,U+FFFD"

subset() { # SOURCE WEIGHT STYLE-NAME FILE
  "$python" -m fontTools.subset "$from/$1" --unicodes="$unicodes" --no-hinting --name-IDs='*' --notdef-outline \
    --drop-tables+=GSUB,GPOS,GDEF,BASE,DSIG --layout-features='' --output-file="$to/$4.ttf"
  "$python" -m fontTools.subset "$from/$1" --unicodes="$unicodes" --no-hinting --name-IDs='*' --notdef-outline --flavor=woff2 \
    --layout-features=kern,mark,mkmk,ccmp,locl,tnum --output-file="$to/$4.woff2"
  for file in "$to/$4.ttf" "$to/$4.woff2"; do "$python" "$(dirname "$0")/rename-font.py" "$file" "$2" "$3"; done
}

subset 400Regular/SourceSans3_400Regular.ttf 400 Regular headwater-sans-400
subset 600SemiBold/SourceSans3_600SemiBold.ttf 600 SemiBold headwater-sans-600
subset 700Bold/SourceSans3_700Bold.ttf 700 Bold headwater-sans-700
subset 400Regular_Italic/SourceSans3_400Regular_Italic.ttf 400 Italic headwater-sans-400i
cp "$from/LICENSE_FONT" "$to/OFL.txt"
"$python" "$(dirname "$0")/font-widths.py" "$to" > "$(dirname "$0")/../src/report/widths.ts"
