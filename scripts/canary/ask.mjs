// What is asked of the service besides the stories: wrongly by every person's values, and rightly by an auditor.
import { randomUUID } from 'node:crypto';
import { atATime } from './client.mjs';
import { wrongRequests } from './errors.mjs';
import { auditor, registrar } from './play.mjs';
import { readAgencies } from './stories.mjs';

const AT_A_TIME = 12;
/** Of so many cases every single event is read; of the others, the timeline that holds them. */
const READ_EVENT_BY_EVENT = 60;
const station = { agency: 'taicang-station', role: 'staff' };
const stranger = { agency: 'chongchuan-station', role: 'staff' };

const bearerOf = async (service, as) => `Bearer ${await service.tokenOf(as)}`;

async function giveCommand({ client, service }, as, { path, key, data }) {
  const headers = { authorization: await bearerOf(service, as), 'content-type': 'application/json', 'idempotency-key': key };
  const { status, body } = await client.send({ what: path, method: 'POST', path, headers, body: JSON.stringify({ data }) });
  if (status !== 201) throw new Error(`${path} was not recorded: ${status} ${body}`);
  return JSON.parse(body.toString('utf8'));
}

export async function registerAgencies(talk) {
  for (const row of readAgencies())
    await giveCommand(talk, registrar, {
      path: `/v1/agencies/${row.agencyId}/register-agency`,
      key: `canary-agency-${row.agencyId}`,
      data: row,
    });
}

/** A case that is open, and a key that was used on it: what is asked wrongly gets as far as the rules. */
async function openCase(talk) {
  const usedKey = `canary-used-${randomUUID()}`;
  const help = { arrivalMode: 'SELF', causes: ['LOST'], assistanceStatus: 'UNKNOWN' };
  const { caseId } = await giveCommand(talk, station, {
    path: '/v1/cases/register-help-request',
    key: `canary-open-${randomUUID()}`,
    data: help,
  });
  await giveCommand(talk, station, { path: `/v1/cases/${caseId}/claim-identity`, key: usedKey, data: { name: '某某', source: 'SELF' } });
  return { caseId, usedKey };
}

/** Every way of asking wrongly, with every person's values. @returns in how many ways */
export async function askWrongly(persons, talk) {
  const { client, service } = talk;
  const bearer = (as) => bearerOf(service, as);
  const { caseId, usedKey } = await openCase(talk);
  const as = { staff: await bearer(station), stranger: await bearer(stranger), registrar: await bearer(registrar), usedKey };
  const ways = new Set();
  const ask = (person) => async () => {
    const [idNumber] = person.idNumbers;
    // The issuer's signature is good; what the token says has no place in a log.
    const signed = { agency: await bearer({ agency: idNumber, role: 'staff' }), user: await bearer({ ...station, user: idNumber }) };
    const stage = { caseId, nobody: '00000000-0000-5000-8000-000000000000', as: { ...as, signed } };
    const { requests, raw } = wrongRequests(person, stage);
    for (const request of requests) await client.send(request);
    for (const bytes of raw) await client.sendRaw(bytes);
    for (const { what } of [...requests, ...raw]) ways.add(what);
  };
  await atATime(AT_A_TIME, persons.map(ask));
  return ways.size;
}

/** What the API tells an auditor of every case is his to know; what it tells others of it, and everybody, is searched. */
export async function readAll(cases, { client, service }) {
  const as = async (who) => ({ authorization: await bearerOf(service, who), 'guitu-purpose': 'AUDIT' });
  const [headers, strangers] = [await as(auditor), await as(stranger)];
  const get = (path, more = {}) => client.send({ what: `GET ${path.replace(/[0-9a-f-]{36}/g, '…')}`, method: 'GET', path, ...more });
  const read = (id, index) => async () => {
    for (const below of ['', '/custody']) await get(`/v1/cases/${id}${below}`, { headers, entitled: true });
    const timeline = await get(`/v1/cases/${id}/timeline?limit=200`, { headers, entitled: true });
    const { rows = [] } = timeline.status === 200 ? JSON.parse(timeline.body.toString('utf8')) : {};
    for (const below of ['', '/timeline']) await get(`/v1/cases/${id}${below}`, { headers: strangers });
    if (index >= READ_EVENT_BY_EVENT) return;
    for (const { eventId } of rows) if (eventId !== undefined) await get(`/v1/cases/${id}/events/${eventId}`, { headers, entitled: true });
  };
  await atATime(AT_A_TIME, cases.map(read));
  for (const path of ['/v1/desk', '/v1/duties?side=owed-by-me', '/v1/loops', '/v1/agencies']) await get(path, { headers: strangers });
  for (const path of ['/health/live', '/health/ready', '/health', '/metrics']) await get(path, { place: 'health and metrics' });
}
