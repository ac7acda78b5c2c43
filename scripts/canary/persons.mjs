// Invented persons whose every value is found nowhere else: canaries. Names take the forms that break programs: rare Han, dots, other scripts, quotes.
import { room } from '../faults/support/rooms.mjs';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';
const OLDEST_BIRTH = Date.UTC(1940, 0, 1);
const YOUNGEST_BIRTH = Date.UTC(1999, 11, 31);
const DAY_MS = 86_400_000;
const MOST_TRIES = 10_000;

const surnames = [...'璩亓逄厍郏濮殷瞿麴宓仉乜缑亢阚蒯揭谌逯鞠蔺訾'];
const given = [...'昶旻琭翯嘒赟屾喆犇骉淼垚烎玥璟霂熹彧祎龢昀朏笏琤瑃筠翀翊翙芃莜蓁蕤谞轶郦锳靓韫颢飏'];
const rareHan = [...'𠮷𡈽𣲘𣗋𤩴𬍛𬀩𬸦𫘪𪻐𩾃㐂㛃㳀䶮䥇'];
const uyghur = ['阿依古', '买合木', '帕尔哈', '热依汗', '古丽娜', '艾尼瓦', '吐尔逊', '麦麦提', '玛依努', '库尔班'];
const tibetan = ['བཀྲ་ཤིས', 'སྒྲོལ་མ', 'རྡོ་རྗེ', 'པད་མ', 'ཚེ་རིང', 'དབང་མོ', 'ཉི་མ', 'ཟླ་བ', 'ལྷ་མོ', 'སྐལ་བཟང'];
const latin = ['Nguyễn', 'Żółć', 'Çağrı', 'Łukasz', 'Đặng', 'Søren', 'Iñaki', 'Ökmen', 'Čapek', 'Þórður'];
const roads = ['翯塘', '昶旻', '犇云', '屾下', '霂桥', '彧山', '骉场', '赟里', '芃荻', '嘒岭', '琭湾', '翀岗'];

const shapes = [
  (random) => random.pick(surnames) + random.pick(given) + random.pick(given) + random.pick(given),
  (random) => `${random.pick(uyghur)}${random.pick(given)}·${random.pick(uyghur)}`,
  (random) => random.pick(surnames) + random.pick(rareHan) + random.pick(rareHan) + random.pick(given),
  (random) => `${random.pick(latin)} D'${random.pick(latin)}-${random.whole(100, 999)}`,
  (random) => `${random.pick(tibetan)}་${random.pick(tibetan)}་${random.pick(tibetan)}`,
  (random) => `${random.pick(surnames)}"${random.pick(given)}%\\<b>&_${random.pick(given)}${random.whole(100, 999)}`,
];

const checked = (body) =>
  body + CHECK_CHARACTERS.charAt(WEIGHTS.reduce((sum, weight, index) => sum + weight * Number(body[index]), 0) % 11);

/** County codes that exist, so that the numbers are valid; whose they are is invented. */
function divisionCodes(random) {
  const { divisionExisted } = room('standards');
  const found = new Set();
  for (let tries = 0; tries < MOST_TRIES && found.size < 200; tries += 1) {
    const code = `${random.whole(11, 65)}${String(random.whole(1, 12)).padStart(2, '0')}${random.whole(21, 35)}`;
    if (divisionExisted(code, '2020-01-01')) found.add(code);
  }
  return [...found];
}

/**
 * Makes persons one after the other: `{ number, name, alias, idNumber, phone, address }`, no value twice. `idNumberLike(person, number)` gives this
 * person one more valid ID number, with the birth date and sex of `number`, for a story whose rules look at them.
 */
export function inventPersons(random) {
  const divisions = divisionCodes(random);
  const taken = new Set();
  const persons = [];
  const fresh = (make) => {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const value = make().normalize('NFC');
      if (!taken.has(value)) return taken.add(value) && value;
    }
    throw new Error('no value is left that nobody has');
  };
  const idNumber = (birth, parity) =>
    fresh(() => checked(`${random.pick(divisions)}${birth}${String(random.whole(0, 499) * 2 + parity).padStart(3, '0')}`));
  const birthDay = () =>
    new Date(OLDEST_BIRTH + random.whole(0, (YOUNGEST_BIRTH - OLDEST_BIRTH) / DAY_MS) * DAY_MS).toISOString().slice(0, 10);
  const invent = () => {
    const number = persons.length + 1;
    const person = {
      number,
      name: fresh(() => shapes[number % shapes.length](random)),
      alias: fresh(() => `阿${random.pick(given)}${random.pick(given)}${random.pick(given)}`),
      idNumbers: [idNumber(birthDay().replaceAll('-', ''), random.whole(0, 1))],
      phone: fresh(() => `199${String(random.whole(0, 99_999_999)).padStart(8, '0')}`),
      address: fresh(() => `${random.pick(roads)}镇${random.pick(roads)}路${random.whole(1_000, 9_999)}弄${random.whole(100, 999)}室`),
    };
    persons.push(person);
    return person;
  };
  const idNumberLike = (person, like) => {
    const added = idNumber(like.slice(6, 14), Number(like[16]) % 2);
    person.idNumbers.push(added);
    return added;
  };
  return { invent, idNumberLike, persons };
}

/** Every value of a person with its kind. */
export const valuesOf = ({ name, alias, idNumbers, phone, address }) => [
  { kind: 'name', value: name },
  { kind: 'alias', value: alias },
  ...idNumbers.map((value) => ({ kind: 'idNumber', value })),
  { kind: 'phone', value: phone },
  { kind: 'address', value: address },
];
