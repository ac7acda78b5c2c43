const envelope = Buffer.from('{"faults":true}');

/** A record for the log, whose id is all that is looked at afterwards. */
export const recordOf = (id) => ({ id, type: 'FaultInjected', schemaVersion: 1, envelope, secrets: {} });
