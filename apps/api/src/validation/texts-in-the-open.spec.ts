import { Problem } from '../problems/problem';
import { commandValidators } from './command-validators';
import { loadSchemas } from './schemas';
import { withOpenTextsMarked } from './texts-in-the-open';

const idNumber = '110101199003070011';
const validators = commandValidators(loadSchemas('commands'));

const faultsOf = (type: string, data: object): readonly string[] => {
  try {
    validators.check(type, { value: { data }, numberFaults: [], normalised: false });
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return (error.more.faults ?? []).map(({ pointer, rule }) => `${pointer} ${rule}`);
  }
};

describe('an ID number in a text that is not sealed', () => {
  it.each([
    [
      'an id that the caller chooses',
      'OfferHandover',
      { handoverId: idNumber, kind: 'POLICE_STATION', to: 'taicang-station' },
      '/data/handoverId',
    ],
    [
      'inside such an id',
      'OfferHandover',
      { handoverId: `h-${idNumber}`, kind: 'POLICE_STATION', to: 'taicang-station' },
      '/data/handoverId',
    ],
    ['the id of an agency', 'OfferHandover', { handoverId: 'h-1', kind: 'POLICE_STATION', to: `x${idNumber}` }, '/data/to'],
    [
      'a number of a form',
      'OfferHandover',
      { handoverId: 'h-1', kind: 'POLICE_STATION', to: 'taicang-station', formNumber: idNumber },
      '/data/formNumber',
    ],
  ])('is refused: %s', (_what, type, data, pointer) => {
    expect(faultsOf(type, { ...data, statement: { condition: [] } })).toEqual([`${pointer} id-number`]);
  });

  it('is welcome where it is sealed, alone, in a text, and below a sealed object', () => {
    expect(faultsOf('ClaimIdentity', { name: `某人 ${idNumber}`, idNumber, source: 'SELF' })).toEqual([]);
    const candidate = { name: `某人 ${idNumber}`, idNumber, homeDivision: '110101' };
    expect(faultsOf('ReplyPoliceVerification', { queryId: 'q-1', result: 'HIT', candidate })).toEqual([]);
  });

  it('marks no text of a definition that a personal value is made of', () => {
    const text = { type: 'string' };
    const marked = { type: 'string', 'x-in-the-open': true };
    const schema = {
      properties: { id: text, person: { $ref: '#/definitions/Person', 'x-personal': 'identity' }, place: { $ref: '#/definitions/Place' } },
      definitions: {
        Person: { properties: { name: { $ref: '#/definitions/Name' } } },
        Name: text,
        Place: { properties: { kind: text, secret: { ...text, 'x-personal': 'narrative' } } },
      },
    };
    expect(withOpenTextsMarked(schema)).toEqual({
      properties: { ...schema.properties, id: marked },
      definitions: {
        ...schema.definitions,
        Place: { properties: { kind: marked, secret: schema.definitions.Place.properties.secret } },
      },
    });
  });
});
