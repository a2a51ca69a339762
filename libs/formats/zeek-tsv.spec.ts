import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIp } from '#ecs/addresses.js';
import type { EcsEvent } from '#ecs/event.js';
import type { Memory } from '#ecs/parser.js';
import { normalise } from './normalise.js';
import { remember } from './memory.js';

const RECEIVED = Date.parse('2026-11-23T10:00:00Z');
const at = (raw: string, memory?: Memory) => normalise({ raw, receivedAt: RECEIVED, timeZone: 'UTC', memory });

function readAll(lines: readonly string[], start?: Memory): { events: EcsEvent[]; memory: Memory | undefined } {
  let memory = start;
  const events = lines.map((raw) => {
    const event = at(raw, memory);
    memory = remember(memory, event);
    return event;
  });
  return { events, memory };
}

const heading = (path: string, fields: string, types: string, separator = '\t') => [
  `#separator ${separator === '\t' ? '\\x09' : `\\x${separator.charCodeAt(0).toString(16)}`}`,
  `#set_separator${separator}${separator === ',' ? ';' : ','}`,
  `#empty_field${separator}(empty)`,
  `#unset_field${separator}-`,
  `#path${separator}${path}`,
  `#open${separator}2026-11-23-09-00-00`,
  `#fields${separator}${fields.replaceAll(' ', separator)}`,
  `#types${separator}${types.replaceAll(' ', separator)}`,
];
const CONNECTION = 'ts uid id.orig_h id.orig_p id.resp_h id.resp_p';
const TYPES = 'time string addr port addr port';
const LINK = '1735689600.500000\tC1abcdefghijklmnop\t10.0.0.9\t50000\t10.0.0.2\t502';

describe('a log of Zeek as lines', () => {
  it('is read by its heading', () => {
    const { events } = readAll([
      ...heading(
        'mine',
        `${CONNECTION} name list numbers flag empty big`,
        `${TYPES} string set[string] vector[double] bool string count`,
      ),
      `${LINK}\tP\\xc3\\xbcmp\\x09e\\\\x\t\\x2c,b\t1.5,2\tT\t(empty)\t18446744073709551615`,
      `${LINK}\t\\xff\t(empty)\t-\tF\t-\t7`,
    ]);
    expect(events.at(-2)).toMatchObject({
      '@timestamp': '2025-01-01T00:00:00.500Z',
      event: { dataset: 'zeek.mine' },
      source: { ip: '10.0.0.9', port: 50_000 },
      destination: { ip: '10.0.0.2', port: 502 },
      zeek: {
        uid: 'C1abcdefghijklmnop',
        row: {
          name: 'Pümp\te\\x',
          list: [',', 'b'],
          numbers: [1.5, 2],
          flag: true,
          empty: '',
          big: '18446744073709551615',
        },
      },
      plantwatch: { parser: 'zeek' },
    });
    expect(events.at(-1)?.zeek?.row).toEqual({ name: 'ÿ', list: [], flag: false, big: 7 });
  });

  it('may have another separator', () => {
    const { events } = readAll([
      ...heading('modbus', `${CONNECTION} func exception`, `${TYPES} string string`, ','),
      `${LINK.replaceAll('\t', ',')},READ_COILS,-`,
    ]);
    expect(events.at(-1)).toMatchObject({ ot: { protocol: 'modbus', function: { code: 1 } } });
  });

  it('has headings that are events, their time guessed from the sensor', () => {
    const { events } = readAll(heading('modbus', CONNECTION, TYPES));
    expect(events.map(({ event }) => event.dataset)).toEqual(Array(8).fill('zeek.heading'));
    expect(events[5]).toMatchObject({ '@timestamp': '2026-11-23T09:00:00.000Z', tags: ['timestamp_guessed'] });
    expect(events[6]?.tags).toEqual(['timestamp_missing']);
  });

  it('is not confused by the rows of others between its own', () => {
    const modbus = heading('modbus', `${CONNECTION} func exception`, `${TYPES} string string`);
    const tunnel = heading('tunnel', `${CONNECTION} tunnel_type action`, `${TYPES} enum enum`);
    const dns = heading('dns', `${CONNECTION} proto trans_id query`, `${TYPES} enum count string`);
    const { events } = readAll([
      ...modbus,
      ...dns,
      `${LINK}\tREAD_COILS\t-`,
      `${LINK}\tudp\t7\tplant.example`,
      ...tunnel,
      `${LINK}\tTunnel::SOCKS\tTunnel::DISCOVER`,
    ]);
    expect(events.filter(({ zeek }) => zeek !== undefined).map(({ zeek }) => zeek?.log)).toEqual([
      'modbus',
      'dns',
      'tunnel',
    ]);
  });

  it('is told from others of the same shape by its file', () => {
    const shipped = (path: string, message: string) =>
      JSON.stringify({
        '@timestamp': '2026-11-23T09:00:00Z',
        agent: { type: 'filebeat' },
        log: { file: { path } },
        message,
      });
    const { events } = readAll([
      ...heading('modbus', `${CONNECTION} func exception`, `${TYPES} string string`).map((line) =>
        shipped('/logs/modbus.log', line),
      ),
      ...heading('tunnel', `${CONNECTION} tunnel_type action`, `${TYPES} enum enum`).map((line) =>
        shipped('/logs/tunnel.log', line),
      ),
      shipped('/logs/modbus.log', `${LINK}\tREAD_COILS\t-`),
      // This one began before we listened.
      shipped('/logs/cotp.log', `${LINK}\t0x0f\tData`),
    ]);
    expect(events.slice(-2).map(({ zeek }) => zeek?.log)).toEqual(['modbus', 'cotp']);
  });

  it('is read behind a syslog header, tabs escaped or not', () => {
    const lines = [
      ...heading('modbus', `${CONNECTION} func exception`, `${TYPES} string string`),
      `${LINK}\tREAD_COILS\t-`,
    ];
    for (const tab of ['\t', '#011']) {
      const { events } = readAll(lines.map((line) => `<13>Nov 23 10:00:00 sensor zeek: ${line.replaceAll('\t', tab)}`));
      expect(events.at(-1)).toMatchObject({ ot: { function: { code: 1 } }, source: { ip: '10.0.0.9' } });
    }
  });

  it('leaves what is remembered as it was', () => {
    const { memory } = readAll(heading('modbus', CONNECTION, TYPES));
    const before = structuredClone(memory);
    readAll([...heading('other', 'ts a', 'time string'), `${LINK}`], memory);
    expect(memory).toEqual(before);
    expect(remember(memory, at('<13>Nov 23 10:00:00 h app: x')).headings).toBe(memory?.headings);
  });

  it('has no more than 64 headings remembered, a repeated one once', () => {
    const many = Array.from({ length: 200 }, (_, n) => heading(`log${n}`, `ts a${n}`, 'time string')).flat();
    expect(readAll(many).memory?.headings).toHaveLength(64);
    const twice = [...heading('a', 'ts b', 'time string'), ...heading('a', 'ts b', 'time string')];
    expect(readAll(twice).memory?.headings).toHaveLength(1);
  });
});

describe('a row whose heading never came', () => {
  it('is read when one log only has its shape', () => {
    const [row = ''] = readFileSync('test/fixtures/ecs/zeek-logs/modbus/example_real_ts/conn.log', 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(at(row)).toMatchObject({ zeek: { log: 'conn' }, network: { transport: 'tcp' } });
  });

  it('has its time and addresses when several could be it', () => {
    const event = at(`${LINK}\tone\ttwo`);
    expect(event).toMatchObject({
      '@timestamp': '2025-01-01T00:00:00.500Z',
      source: { ip: '10.0.0.9' },
      destination: { port: 502 },
      error: { message: 'columns unknown: no #fields line came before' },
    });
  });

  it('is kept as it is otherwise', () => {
    const event = at('1735689600.500000\tno connection');
    expect(event.event).toMatchObject({ module: 'syslog', original: '1735689600.500000\tno connection' });
    expect(event.zeek).toBeUndefined();
  });
});

describe('any line of a log', () => {
  const FILES = globSync('test/fixtures/ecs/zeek-logs/**/*.{log,ndjson}');
  const LOGS = FILES.map((file) => readFileSync(file, 'utf8').trim().split('\n'));
  const part = fc.constantFrom(
    '',
    '\t',
    '\\x',
    '\\xff',
    ',',
    '-',
    '(empty)',
    'T',
    '#',
    '\0',
    '9'.repeat(400),
    '\ud800',
    ' ',
  );
  const damaged = fc
    .tuple(fc.constantFrom(...LOGS), fc.array(fc.tuple(fc.nat(), fc.nat(), part), { maxLength: 6 }))
    .map(([lines, edits]) => {
      const next = [...lines];
      for (const [which, where, by] of edits) {
        const index = which % next.length;
        const line = next[index] ?? '';
        const place = where % (line.length + 1);
        next[index] = line.slice(0, place) + by + line.slice(place + 1);
      }
      return next;
    });

  /** What is wrong with the events, which is nothing. */
  function wrong(lines: readonly string[]): string[] {
    return readAll(lines).events.flatMap((event, index) => {
      const sides = [event.source, event.destination];
      const faults: [string, boolean][] = [
        ['original', event.event.original !== lines[index]],
        ['time', new Date(event['@timestamp']).toISOString() !== event['@timestamp']],
        ['parser', event.error?.message.startsWith('parser failed') === true],
        ['address', sides.some((side) => side?.ip !== undefined && !isIp(side.ip))],
        ['port', sides.some((side) => (side?.port ?? 0) > 65_535 || (side?.port ?? 0) < 0)],
        ['code', !Number.isSafeInteger(event.ot?.function?.code ?? 0)],
        ['unit', !Number.isSafeInteger(event.ot?.unit_id ?? 0)],
        ['count', !Number.isSafeInteger(event.ot?.point?.count ?? 0)],
        ['message', typeof event.message !== 'string'],
      ];
      return faults.filter(([, is]) => is).map(([what]) => `${what}: ${lines[index]}`);
    });
  }
  const check = (lines: readonly string[]) => void expect(wrong(lines)).toEqual([]);

  it('becomes an event, however damaged', { timeout: 60_000 }, () =>
    fc.assert(fc.property(damaged, check), { numRuns: 500 }),
  );
  it('becomes an event, whatever it is', { timeout: 60_000 }, () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: 'binary', maxLength: 100 }).map((text) => `#fields\t${text}`),
          { maxLength: 5 },
        ),
        check,
      ),
    ),
  );
  it('becomes an event in linear time, however long', { timeout: 60_000 }, () => {
    const shape = heading('mine', `${CONNECTION} a`, `${TYPES} set[string]`);
    for (const bit of ['\\x41', '\\', ',', '\t', 'a', '#011', '\\\\', '9', ' (', '_']) {
      const long = bit.repeat(65_536 / bit.length);
      const begun = process.cpuUsage().user;
      check([
        ...shape,
        `${LINK}\t${long}`,
        `#fields\t${long}`,
        `#types\t${long}`,
        `#path\t${long}`,
        `${LINK}\t${long}`,
      ]);
      expect(process.cpuUsage().user - begun).toBeLessThan(1_000_000);
    }
  });
});
