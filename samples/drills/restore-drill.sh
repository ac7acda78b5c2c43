#!/bin/sh
# Restores today's backup beside the running service and looks whether everything is there. Nothing of the service is touched.
# DATA_FOLDER: of the service. SHELF: where backups lie. DRILL: a folder that does not exist yet.
set -eu
guitu=${GUITU:-npm run --silent guitu --}

$guitu backup --log "$SHELF/log.jsonl.gz" --keys "$SHELF/keys.jsonl.gz" --data-folder "$DATA_FOLDER"
$guitu restore --log "$SHELF/log.jsonl.gz" --keys "$SHELF/keys.jsonl.gz" --data-folder "$DRILL"

# By hand in an emergency: from the places where their copies are kept.
cp -p "$DATA_FOLDER/keys/key-encryption-key" "$DRILL/keys/"
mkdir -m 700 "$DRILL/erasure-ledger"
cp -p "$DATA_FOLDER/erasure-ledger/ledger.jsonl" "$DRILL/erasure-ledger/"

$guitu apply-erasures --data-folder "$DRILL"
$guitu keys check --data-folder "$DRILL"
