declare module 'glossy' {
  const glossy: { Parse: { parse(line: string): object } };
  export default glossy;
}
declare module 'nsyslog-parser' {
  export default function parse(line: string): object;
}
