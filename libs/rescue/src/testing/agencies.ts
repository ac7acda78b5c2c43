import type { Agency } from '../agency/agency';
import type { AgencyId, AgencyKind } from '../words';
import type { Directory } from '../world/world';

type Row = readonly [id: AgencyId, kind: AgencyKind, division: string, name: string, reportsTo: AgencyId | null, organisationCode?: string];

/** The agencies of the dossier's stories. Lu'yi county (411628) has no station; Beijing has no prefecture tier. */
const rows: readonly Row[] = [
  ['ministry', 'CIVIL_AFFAIRS', '000000', '民政部', null],
  ['jiangsu-civil-affairs', 'CIVIL_AFFAIRS', '320000', '江苏省民政厅', 'ministry', '113200000140000796'],
  ['suzhou-civil-affairs', 'CIVIL_AFFAIRS', '320500', '苏州市民政局', 'jiangsu-civil-affairs'],
  ['taicang-civil-affairs', 'CIVIL_AFFAIRS', '320585', '太仓市民政局', 'suzhou-civil-affairs', '11320585014110016Y'],
  ['taicang-station', 'STATION', '320585', '太仓市救助管理站', 'taicang-civil-affairs', '12320585467300015G'],
  ['taicang-police', 'POLICE', '320585', '太仓市公安局娄东派出所', null],
  ['taicang-urban', 'URBAN_MGMT', '320585', '太仓市城市管理局', null],
  ['taicang-hospital', 'HOSPITAL', '320585', '太仓市第一人民医院', null, '12320585467300103Y'],
  ['taicang-hospital-b', 'HOSPITAL', '320585', '太仓市第三人民医院', null],
  ['taicang-health', 'HEALTH', '320585', '太仓市卫生健康委员会', null],
  ['shaxi-township', 'TOWNSHIP', '320585', '太仓市沙溪镇人民政府', null],
  ['wuxi-civil-affairs', 'CIVIL_AFFAIRS', '320200', '无锡市民政局', 'jiangsu-civil-affairs'],
  ['wuxi-station', 'STATION', '320200', '无锡市救助管理站', 'wuxi-civil-affairs', '12320200466200020M'],
  ['jiangyin-civil-affairs', 'CIVIL_AFFAIRS', '320281', '江阴市民政局', 'wuxi-civil-affairs'],
  ['jiangyin-station', 'STATION', '320281', '江阴市救助管理站', 'jiangyin-civil-affairs', '123202814664000306'],
  ['jiangyin-police', 'POLICE', '320281', '江阴市公安局', null],
  ['anhui-civil-affairs', 'CIVIL_AFFAIRS', '340000', '安徽省民政厅', 'ministry'],
  ['chuzhou-civil-affairs', 'CIVIL_AFFAIRS', '341100', '滁州市民政局', 'anhui-civil-affairs'],
  ['fengyang-civil-affairs', 'CIVIL_AFFAIRS', '341126', '凤阳县民政局', 'chuzhou-civil-affairs'],
  ['fengyang-station', 'STATION', '341126', '凤阳县救助管理站', 'fengyang-civil-affairs', '12341126486800058A'],
  ['fengyang-township', 'TOWNSHIP', '341126', '凤阳县府城镇人民政府', null],
  ['fengyang-village', 'VILLAGE', '341126', '凤阳县府城镇某村村民委员会', null],
  ['fengyang-insurance', 'MED_INSURANCE', '341126', '凤阳县医疗保障局', null],
  ['henan-civil-affairs', 'CIVIL_AFFAIRS', '410000', '河南省民政厅', 'ministry', '114100000052000605'],
  ['zhoukou-civil-affairs', 'CIVIL_AFFAIRS', '411600', '周口市民政局', 'henan-civil-affairs'],
  ['zhoukou-station', 'STATION', '411600', '周口市救助管理站', 'zhoukou-civil-affairs'],
  ['luyi-civil-affairs', 'CIVIL_AFFAIRS', '411628', '鹿邑县民政局', 'zhoukou-civil-affairs', '11411628005700049R'],
  ['shangqiu-civil-affairs', 'CIVIL_AFFAIRS', '411400', '商丘市民政局', 'henan-civil-affairs'],
  ['minquan-civil-affairs', 'CIVIL_AFFAIRS', '411421', '民权县民政局', 'shangqiu-civil-affairs'],
  ['minquan-station', 'STATION', '411421', '民权县救助管理站', 'minquan-civil-affairs'],
  ['beijing-civil-affairs', 'CIVIL_AFFAIRS', '110000', '北京市民政局', 'ministry'],
  ['chaoyang-civil-affairs', 'CIVIL_AFFAIRS', '110105', '北京市朝阳区民政局', 'beijing-civil-affairs'],
  ['chaoyang-station', 'STATION', '110105', '北京市朝阳区救助管理站', 'chaoyang-civil-affairs', '1211010540050008XD'],
  ['chaoyang-police', 'POLICE', '110105', '北京市公安局朝阳分局', null],
  ['chongchuan-station', 'STATION', '320613', '南通市崇川区救助管理站', null, '123206134670000986'],
];

const from = '2000-01-01';
const agency = ([id, kind, division, name, reportsTo, organisationCode]: Row): Agency => ({
  id,
  registered: true,
  kind,
  names: [{ from, value: name }],
  divisions: [{ from, value: division }],
  reportsTo: [{ from, value: reportsTo }],
  openFrom: from,
  ...(organisationCode === undefined ? {} : { organisationCode }),
});

/** The directory that the domain's specs work with. */
export const directory: Directory = new Map(rows.map((row) => [row[0], agency(row)]));
