#!/bin/sh
# Draws the PNG files of the icon theme from the two SVG files; needs rsvg-convert (librsvg2-bin). Run it after an edit.
set -eu
cd "$(dirname "$0")"
for size in 16 24 32 48 64 128 256 512; do
    drawing=hicolor/scalable/apps/affinity-console.svg
    [ "$size" -gt 32 ] || drawing=affinity-console-small.svg
    folder=hicolor/${size}x${size}/apps
    mkdir -p "$folder"
    rsvg-convert --width "$size" --height "$size" --output "$folder/affinity-console.png" "$drawing"
done
