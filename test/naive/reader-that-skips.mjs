// A naive reader, made to be "robust": what it does not know it passes over, so that one odd event does not stop the whole.

/** Takes every record whose type and shape it knows; goes on behind every other one. Tells how far it came and how many it passed over. */
export function readSkipping(records, knownVersionOf) {
  const read = { taken: 0, passedOver: 0, position: 0n };
  for (const record of records) {
    read.position = record.position;
    const known = knownVersionOf(record.type);
    const envelope = parsed(record.envelope);
    if (envelope?.v === 1 && known !== undefined && envelope.type === record.type && envelope.schema >= 1 && envelope.schema <= known)
      read.taken += 1;
    else read.passedOver += 1;
  }
  return read;
}

function parsed(bytes) {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
