// Every way of asking wrongly, with the values of one person where they do not belong. None of it may come back, nor stay anywhere.
import { createHmac, randomUUID } from 'node:crypto';
import { URLSearchParams } from 'node:url';
import { gzipSync } from 'node:zlib';
import { gbkBytes } from './spellings.mjs';

const BODY_LIMIT = 1_048_576;
const HEADER_OVERFLOW_CHARACTERS = 20_000;
const DEPTH = 40;
const clean = (text) => text.replace(/[\r\n]/g, '');
const base64url = (text) => Buffer.from(text).toString('base64url');
const cut = (phone) => `${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}`;
const key = () => `canary-${randomUUID()}`;

/** Bodies that are no command: `[what, bytes, headers]`. */
function brokenBodies({ name, alias, idNumbers: [idNumber], phone, address }) {
  const good = JSON.stringify({ data: { name, home: address, idNumber, source: 'SELF' } });
  const deep = `{"${alias}":`.repeat(DEPTH) + JSON.stringify(name) + '}'.repeat(DEPTH);
  const quoted = JSON.stringify(name);
  return [
    ['malformed JSON', good.slice(0, -4)],
    ['malformed JSON behind', `${good}${address}`],
    ['single quotes', `{'name':'${alias}','idNumber':'${idNumber}'}`],
    ['a bare word', `${alias}${phone}`],
    ['a key twice', `{${quoted}:1,${quoted}:2}`],
    ['an ASCII key twice', `{"n${phone}":1,"n${phone}":2}`],
    ['a key with separators twice', `{"n${cut(phone)}":{"a":1,"a":2}}`],
    ['a key twice below', `{"data":{"name":{"${address}":1,"${address}":"${idNumber}"}}}`],
    ['forbidden key below names', `{${quoted}:{"n${idNumber}":{"__proto__":"${phone}"}}}`],
    ['too deep', deep],
    ['NUL in a text', `{"data":{"${address}":"${alias}\\u0000${phone}"}}`],
    ['half a pair', `{"data":{"n${phone}":"${alias}\\ud800"}}`],
    ['direction change', `{"data":{"name":"${alias}\u202e${idNumber}"}}`],
    ['a number with too many digits', `{"data":{"p${phone}":${idNumber.slice(0, 17)}${phone}}}`],
    ['a list', JSON.stringify([name, idNumber, phone, address])],
    ['a text', JSON.stringify(`${name}${idNumber}${phone}${address}`)],
    ['GBK', Buffer.concat([Buffer.from('{"data":{"name":"'), gbkBytes(`${alias}${address}${idNumber}`), Buffer.from('"}}')])],
    ['declared GBK', gbkBytes(alias + phone), { 'content-type': 'application/json; charset=gbk' }],
    ['BOM', `\ufeff${good}`],
    ['plain text', `${name} ${idNumber}`, { 'content-type': 'text/plain' }],
    ['a type that is a name', good, { 'content-type': `application/json; x="${clean(alias)}${idNumber}"` }],
    ['a form', new URLSearchParams({ name, idNumber, phone, address }).toString(), { 'content-type': 'application/x-www-form-urlencoded' }],
    ['gzip that is none', good, { 'content-encoding': 'gzip' }],
    ['gzip, cut', gzipSync(good).subarray(0, -6), { 'content-encoding': 'gzip' }],
    ['gzip of broken JSON', gzipSync(good.slice(1)), { 'content-encoding': 'gzip' }],
    ['an encoding that is a name', good, { 'content-encoding': clean(name) }],
  ];
}

/** Bodies of the right form with values in wrong places, by command. */
function misplaced({ name, alias, idNumbers: [idNumber], phone, address }) {
  const wrongNumber = `${idNumber.slice(0, 17)}${idNumber[17] === '1' ? '2' : '1'}`;
  const claim = { name, home: address, idNumber, source: 'SELF' };
  const strong = { basis: ['POLICE_DB'], documentCarried: false, name, sex: 'MALE', homeDivision: '341126' };
  return [
    ['claim-identity', { data: { ...claim, [name]: phone, [idNumber]: address, [phone]: name, [address]: idNumber } }],
    [
      'claim-identity',
      { data: { ...claim, [`n${phone}`]: 1, [`id_${idNumber}`]: 1, [`p-${cut(phone)}`]: 1 }, [`x${phone}`]: name, [alias]: 1 },
    ],
    ['claim-identity', { data: { ...claim, source: name } }],
    ['claim-identity', { data: { ...claim, name: { [name]: { [`p${phone}`]: address } } } }],
    ['claim-identity', { data: { ...claim, name: [name, phone], home: Number(phone) } }],
    ['claim-identity', { data: { ...claim, name: `${name}${address}${idNumber}${phone}`.repeat(10) } }],
    ['claim-identity', { data: claim, occurredAt: `${phone}T${name}` }],
    ['claim-identity', { data: claim, occurredAt: idNumber, backfillReason: { [phone]: name } }],
    ['confirm-identity', { data: { ...strong, idNumber: wrongNumber, birthDate: idNumber.slice(6, 14) } }],
    ['confirm-identity', { data: { ...strong, idNumber: name, birthDate: phone, homeDivision: idNumber.slice(0, 6), sex: alias } }],
    ['confirm-identity', { data: { ...strong, basis: [name, idNumber, address], homeDivision: phone } }],
    ['offer-handover', { data: { handoverId: idNumber, kind: 'POLICE_STATION', to: 'taicang-station' } }],
    ['offer-handover', { data: { handoverId: `h-${idNumber}`, kind: 'STATION_STATION', to: 'wuxi-station', statement: {} } }],
    ['offer-handover', { data: { handoverId: 'h-9', kind: 'STATION_STATION', to: 'wuxi-station', formNumber: idNumber, statement: {} } }],
    [
      'offer-handover',
      { data: { handoverId: name, kind: alias, to: address, statement: { condition: [name], belongings: [{ item: 1 }] } } },
    ],
    ['offer-handover', { data: { handoverId: 'h-1', kind: 'POLICE_STATION', to: `x${idNumber}`.toLowerCase(), statement: {} } }],
    ['return-belongings', { data: { items: [{ item: name, quantity: 1, [idNumber]: phone }], receivedBy: name } }],
    ['issue-feedback-letter', { data: { loopId: name, letterId: idNumber, letterNumber: address, to: phone, content: { person: name } } }],
    ['plan-dispatch', { data: { dispatchId: phone + name, mode: address, destination: idNumber, legs: [name] } }],
  ];
}

function commandsThatFail(person, { caseId, nobody, as }) {
  const {
    name,
    alias,
    idNumbers: [idNumber],
    phone,
    address,
  } = person;
  const post = (what, path, body, headers = {}) => ({
    what,
    method: 'POST',
    path,
    headers: { authorization: as.staff, 'content-type': 'application/json', 'idempotency-key': key(), ...headers },
    body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  });
  const claim = { data: { name, home: address, idNumber, source: 'SELF' } };
  const on = (id, command) => `/v1/cases/${id}/${command}`;
  const spoken = clean(`${alias} ${idNumber} ${phone}`);
  const erasure = { erasureId: 'e-canary', persons: ['person'], classes: ['contact'], reason: 'UNLAWFUL', legalBasis: 'PIPL-47-1-4' };
  return [
    ...brokenBodies(person).map(([what, body, headers]) => post(what, on(caseId, 'claim-identity'), body, headers)),
    ...misplaced(person).map(([command, body]) => post(`misplaced in ${command}`, on(caseId, command), body)),
    post('a case that does not exist', on(nobody, 'claim-identity'), claim),
    post("somebody else's case", on(caseId, 'claim-identity'), claim, { authorization: as.stranger }),
    post('a task of another agency', on(caseId, 'query-identity-on-scene'), { data: { result: 'HIT', matched: { name, idNumber } } }),
    post('an illegal transition', on(caseId, 'accept-reception'), { data: { dispatchId: 'd-1', place: address, receiverContact: phone } }),
    post('a second registration', on(caseId, 'register-help-request'), {
      data: { arrivalMode: 'SELF', causes: ['LOST'], assistanceStatus: 'NONE', claims: { name } },
    }),
    post('a version that has passed', on(caseId, 'claim-identity'), claim, { 'if-match': '"v999"' }),
    post('If-Match that is a name', on(caseId, 'claim-identity'), claim, { 'if-match': `"${spoken}"` }),
    post('a key that is a name', on(caseId, 'claim-identity'), claim, { 'idempotency-key': spoken }),
    post('a key that holds an ID number', on(caseId, 'claim-identity'), claim, { 'idempotency-key': `case-of-${idNumber}-again` }),
    post('a key that was used for something else', on(caseId, 'claim-identity'), claim, { 'idempotency-key': as.usedKey }),
    post('a body larger than allowed', on(caseId, 'claim-identity'), `{"data":{"name":"${alias}"}}`.padEnd(BODY_LIMIT + 1, spoken)),
    post('an agency called so', `/v1/agencies/taicang-station/register-agency`, {
      data: { agencyId: alias, kind: idNumber, name: address, division: phone },
    }),
    post('a clock that is a name', '/v1/sandbox/clock', { now: `${name} ${idNumber}` }, { authorization: as.registrar }),
    post('a clock field that is a name', '/v1/sandbox/clock', { [address]: phone, [`n${phone}`]: 1 }, { authorization: as.registrar }),
    ...[
      ['decide-erasure', { ...erasure, erasureId: idNumber, persons: [name] }],
      ['decide-erasure', { ...erasure, reason: name, legalBasis: `${address}${phone}` }],
      ['decide-erasure', { ...erasure, [phone]: name, confirmer: `x${idNumber}`.toLowerCase() }],
      ['confirm-erasure', { erasureId: name }],
      ['place-legal-hold', { holdId: idNumber, reason: name, legalBasis: address }],
      ['restrict-processing', { reason: address, legalBasis: phone, note: name }],
    ].map(([command, data]) => post(`misplaced in ${command}`, `/v1/privacy/${caseId}/${command}`, { data })),
    ...[
      { kind: 'id-number', value: idNumber },
      { kind: 'phone', value: phone },
      { kind: 'alias', value: name },
      { kind: 'id-number', value: name },
      { kind: 'phone', value: address },
      { kind: 'ID_NUMBER', value: idNumber },
      { kind: 'PHONE', value: phone, purpose: name },
      { kind: name, value: address },
      { [idNumber]: name, [`n${phone}`]: 1 },
      { data: { kind: 'ALIAS', value: alias, reason: address } },
    ].map((body) => post('a search', '/v1/searches', body)),
    post('a search by a query', `/v1/searches?idNumber=${idNumber}&name=${encodeURIComponent(name)}`, {}),
    ...tokens(person, as).map(([what, authorization]) => post(what, on(caseId, 'claim-identity'), claim, { authorization })),
    ...headersOf(person).map(([header, value]) => post(`header ${header}`, on(nobody, 'claim-identity'), claim, { [header]: value })),
  ];
}

/** Tokens that prove nothing. */
function tokens({ name, idNumbers: [idNumber], phone, address }, as) {
  const payload = base64url(JSON.stringify({ sub: name, agency: idNumber, role: phone, client_id: address }));
  const forged = (header) => `${base64url(JSON.stringify(header))}.${payload}`;
  const signed = (text) => `${text}.${createHmac('sha256', 'wrong').update(text).digest('base64url')}`;
  return [
    ['a token that is a name', `Bearer ${clean(name)}`],
    ['a token that is a number', `Bearer ${idNumber}`],
    ['name and password', `Basic ${Buffer.from(`${name}:${phone}`).toString('base64')}`],
    ['a token without a signature', `Bearer ${forged({ alg: 'none' })}.`],
    ['a token of another key', `Bearer ${signed(forged({ alg: 'HS256', kid: idNumber }))}`],
    ['a token whose key is a name', `Bearer ${signed(forged({ alg: 'EdDSA', kid: name, jku: `https://example.invalid/${phone}` }))}`],
    ['a token for an agency that is a number', as.signed.agency],
    ['a token for a user that is a number', as.signed.user],
    ['a token cut short', `${as.staff.slice(0, -12)}${idNumber}`],
  ];
}

const headersOf = ({ name, idNumbers: [idNumber], phone, address, alias }) =>
  [
    ['x-name', name],
    ['cookie', `name=${encodeURIComponent(name)}; id=${idNumber}`],
    ['referer', `https://example.invalid/?name=${encodeURIComponent(name)}&phone=${phone}`],
    ['user-agent', `${address} ${idNumber}`],
    ['accept-language', `${alias}, ${idNumber}`],
    ['accept', `text/${phone}`],
    ['x-request-id', `${idNumber}-${phone}`],
    ['request-id', `${idNumber}-${phone}`],
    ['traceparent', `00-${phone}${idNumber}000-${phone}-01`],
    ['forwarded', `for=${phone};by=${idNumber}`],
    ['x-forwarded-for', phone],
    ['x-http-method-override', name],
    ['guitu-min-position', `${idNumber}`],
    ['guitu-purpose', `${name} ${phone}`],
    ['host', `${phone}.example.invalid`],
    ['origin', `https://${idNumber}.example.invalid`],
  ].map(([header, value]) => [header, clean(value)]);

/** Addresses with a person's values in them. */
function readsThatFail({ name, alias, idNumbers: [idNumber], phone, address }, { caseId, nobody, as }) {
  const encoded = [name, alias, address].map(encodeURIComponent);
  const query = new URLSearchParams({ name, idNumber, phone, address });
  const paths = [
    ...[...encoded, idNumber, phone].flatMap((one) => [`/v1/cases/${one}`, `/v1/persons/${one}`, `/${one}`, `/v1/agencies/${one}`]),
    `/v1/cases/${caseId}/${idNumber}`,
    `/v1/cases/${caseId}/events/${idNumber}`,
    `/v1/cases/${caseId}/events/${encoded[0]}`,
    `/v1/privacy/${encoded[0]}/timeline`,
    `/v1/cases/${nobody}?${query}`,
    `/v1/cases/${caseId}/%zz${encoded[1]}`,
    `/v1/cases/${caseId}/timeline?cursor=${base64url(`${name}${idNumber}`)}`,
    `/v1/cases/${caseId}/timeline?limit=${idNumber}`,
    `/v1/cases/${caseId}?n${phone}=1&id${idNumber}=2`,
    `/v1/cases/${caseId}?n${phone}=1&n${phone}=2`,
    `/v1/duties?side=${encoded[1]}&state=${phone}`,
    `/v1/duties?cursor=${idNumber}`,
    `/v1/agencies?kind=${encoded[0]}&division=${phone}`,
    `/v1/desk?${query}`,
    `/v1/loops?side=${idNumber}`,
    `/v1/searches?idNumber=${idNumber}`,
    `/health/ready?${query}`,
    `/metrics?${query}`,
    `/docs/${idNumber}?${query}`,
  ];
  const get = (path, more = {}) => ({
    what: `GET ${path
      .split('/')
      .slice(0, 3)
      .join('/')
      .replace(/[%\d].*/, '…')}`,
    method: 'GET',
    path,
    ...more,
  });
  return [
    ...paths.map((path) => get(path, { headers: { authorization: as.staff } })),
    get(`/v1/cases/${caseId}`, { headers: { authorization: as.stranger } }),
    get(`/v1/cases/${caseId}/timeline`, { headers: { authorization: as.stranger } }),
    get(`/v1/cases/${encoded[0]}`),
    { ...get(`/v1/cases/${idNumber}`, { headers: { authorization: as.staff } }), method: 'DELETE' },
    { ...get(`/v1/cases/${phone}/claim-identity`, { headers: { authorization: as.staff } }), method: 'PUT' },
  ];
}

/** What is not even HTTP. */
function bareBytes({ name, idNumbers: [idNumber], phone, address }) {
  const asked = (text) => Buffer.from(text, 'utf8');
  return [
    ['an address in UTF-8', asked(`GET /v1/cases/${name.replaceAll(' ', '_')} HTTP/1.1\r\nhost: x\r\n\r\n`)],
    ['a method that is a name', asked(`${name.replaceAll(' ', '_')} /v1/${idNumber} HTTP/1.1\r\nhost: x\r\n\r\n`)],
    [
      'headers without end',
      asked(`GET / HTTP/1.1\r\nhost: x\r\nx-name: ${`${name}${idNumber}`.repeat(HEADER_OVERFLOW_CHARACTERS / 20)}\r\n\r\n`),
    ],
    ['a header without a colon', asked(`GET / HTTP/1.1\r\nhost: x\r\n${address} ${phone}\r\n\r\n`)],
    ['a wrong chunk', asked(`POST /v1/cases/x HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n${phone}\r\n${name}\r\n`)],
    ['no HTTP', asked(`${name};${idNumber};${phone}\r\n\r\n`)],
    ['CONNECT', asked(`CONNECT ${idNumber}:${phone.slice(0, 4)} HTTP/1.1\r\nhost: ${phone}\r\n\r\n`)],
  ].map(([what, bytes]) => ({ what, bytes }));
}

/** All of it for one person: requests for `client.send` and bytes for `client.sendRaw`. */
export const wrongRequests = (person, stage) => ({
  requests: [...commandsThatFail(person, stage), ...readsThatFail(person, stage)],
  raw: bareBytes(person),
});
