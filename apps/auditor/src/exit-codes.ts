/** What `guitu` answers to the shell. A closed list: scripts of auditors rely on it. */
export const exitCodes = { fine: 0, fault: 1, badUse: 2, refused: 3, broken: 4, unavailable: 5 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The list as the help prints it. */
export const exitCodeWords: { readonly [K in keyof typeof exitCodes]: string } = {
  fine: '正常 fine',
  fault: '程序故障 a fault of the program itself',
  badUse: '用法错误 bad use: an unknown option or command, a case or duty that does not exist, no data folder',
  refused:
    '拒绝执行 refused: a sandbox command on a live data folder, a rebuild without --confirm, a log newer than this program, erasures not applied',
  broken:
    '完整性受损 integrity failure: a broken chain, an unreadable record, read models that differ from the log, a damaged backup or ledger, keys that do not open',
  unavailable: '依赖服务不可用 a dependency is down: the database or the service does not answer',
};

export const exitCodeHelp = [
  '',
  '退出码 Exit codes:',
  ...Object.entries(exitCodes).map(([name, code]) => `  ${code}  ${exitCodeWords[name as keyof typeof exitCodes]}`),
].join('\n');
