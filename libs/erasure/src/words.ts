import { privacyStream, type DataClass, type DataPlace, type PlaceOutcome, type PrivacyEvent, type Whose } from '@guitu/rescue';

type Words<K extends string> = { readonly [W in K]: string };

export const classWords: Words<DataClass> = {
  identity: '身份 identity',
  contact: '联系方式 contact',
  health: '健康 health',
  minor: '未成年人 minor',
  narrative: '情况记述 narrative',
};
export const whoseWords: Words<Whose> = {
  person: '受助人 the person',
  relative: '亲属 relatives',
  staff: '工作人员 staff',
  reporter: '报告人 reporters',
};
export const placeWords: Words<DataPlace> = {
  KEY_STORE: '密钥库 key store',
  BLIND_INDEX: '查找索引 blind index',
  KEY_CACHE: '进程内存中的密钥 keys in memory',
  EVENT_LOG: '事件日志 event log',
  READ_MODELS: '查询表 read models',
  MAILBOXES: '信箱 mailboxes',
  MESSAGE_TOPICS: '消息主题 message topics',
  DEAD_LETTERS: '死信 dead letters',
  WEBHOOKS: '推送地址 webhooks',
  BACKUPS: '备份 backups',
  ERASURE_LEDGER: '删除台账 erasure ledger',
};
export const outcomeWords: Words<PlaceOutcome> = {
  DESTROYED: '已销毁 destroyed',
  REMOVED: '已移除 removed',
  UNREADABLE: '仍有密文，已不可读 ciphertext stays, unreadable',
  RECORDED: '已登记 recorded',
  NOTHING_THERE: '没有内容 nothing there',
  NOT_REACHED: '未触及 not reached',
};

/** The event's name as officials say it. */
export const stepWords = (type: PrivacyEvent['type']): string => privacyStream.events[type].zh;
