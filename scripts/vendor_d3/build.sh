#!/usr/bin/env bash
# Make api/pages/static/d3.js anew: axisTop, scaleUtc and select, in one file. Needs Node.js and npm.
# Who only uses the project never runs this. Afterwards vendored.json gets the new versions and digests.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
into="$here/../../api/pages/static/d3.js"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cp "$here/entry.js" "$here/package.json" "$work"
cd "$work"
npm install --no-audit --no-fund --ignore-scripts --silent
node node_modules/esbuild/install.js
npx esbuild entry.js --bundle --minify --format=esm --target=es2022 --outfile=d3.js
{
  echo '/* d3-axis 3.0.1, d3-scale 4.0.3, d3-selection 3.0.1 and what they need. Copyright 2010-2026 Mike Bostock. ISC licence: vendored.json */'
  cat d3.js
} > "$into"
