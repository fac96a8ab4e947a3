// What a broker can say that no honest device would: states, discovery messages and lists, each broken in its own way.
import { lampEntry } from './broker.ts'

const deep = (n: number) => '['.repeat(n) + ']'.repeat(n)

export const states: readonly (string | Buffer)[] = [
  '',
  'null',
  '[]',
  '{',
  '"',
  '7',
  'true',
  'NaN',
  '{"brightness":NaN}',
  '{"brightness":1e999}',
  '{"brightness":-5}',
  '{"brightness":99999}',
  '{"brightness":"bright"}',
  '{"brightness":[1]}',
  '{"brightness":null}',
  '{"state":"MAYBE"}',
  '{"state":{"on":true}}',
  '{"state":7}',
  '{"__proto__":{"state":"ON"}}',
  '{"constructor":{"prototype":{"state":"ON"}}}',
  '{"linkquality":-1e308}',
  '{"linkquality":"\\u0000"}',
  `{"x":${deep(5000)}}`,
  deep(50_000),
  `{"state":"${'x'.repeat(300_000)}"}`,
  Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28]),
  Buffer.from('{"state":"ON","x":"\xc3\x28"}', 'latin1'),
  Buffer.alloc(260_000, 0x7b),
]
export const templates = [
  '{% for i in range(1000000000) %}x{% endfor %}',
  '{% set x = "a" %}'.concat('{% set x = x ~ x %}'.repeat(60), '{{ x }}'),
  '{{ 9 ** 9 ** 9 ** 9 }}',
  '{{ "x" * 1000000000 }}',
  "{{ ''.__class__.__mro__[1].__subclasses__() }}",
  "{{ value.constructor.constructor('return process')() }}",
  "{{ value_json['__proto__']['constructor'] }}",
  '{{ value_json.__proto__.polluted }}',
  "{{ value_json.constructor('return 1')() }}",
  '{{'.repeat(5000),
  `{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`,
  `{{ ${'not '.repeat(5000)}1 }}`,
  '{% if %}',
  '{% macro x() %}{% endmacro %}',
  "{{ states('sensor.x') }}",
  "{{ value | replace('a', 'b' ~ value) }}",
  '{{ value | regex_replace("(a+)+$", "") }}',
  '{{ now() }}',
  '{% include "/etc/passwd" %}',
  '\u0000',
]
export const odd = (object: unknown) => JSON.stringify(object)
export const configs: readonly (readonly [string, string | Buffer])[] = [
  [
    'homeassistant/light/__proto__/config',
    odd({ name: 'P', uniq_id: '__proto__', stat_t: 'p/state', cmd_t: 'p/set' }),
  ],
  ['homeassistant/constructor/x/config', odd({ name: 'C' })],
  [
    'homeassistant/light/x/toString/config',
    odd({
      name: 'T',
      uniq_id: 'constructor',
      stat_t: 'p/state',
      cmd_t: 'p/set',
      dev: { ids: ['constructor'] },
    }),
  ],
  ['homeassistant/light/broken/config', '{"name":'],
  ['homeassistant/light/binary/config', Buffer.from([0xff, 0xfe, 0x00])],
  ['homeassistant/light/deep/config', deep(20_000)],
  ['homeassistant/light/list/config', '[1,2]'],
  ['homeassistant/light/large/config', odd({ name: 'x'.repeat(300_000), stat_t: 'a', cmd_t: 'b' })],
  [
    'homeassistant/light/wild/config',
    odd({ name: 'Wild', uniq_id: 'wild', stat_t: '#', cmd_t: '+/set', dev: { ids: ['wild'] } }),
  ],
  [
    'homeassistant/light/sys/config',
    odd({ name: 'Sys', uniq_id: 'sys', stat_t: '$SYS/#', cmd_t: '$SYS/x', dev: { ids: ['sys'] } }),
  ],
  [
    'homeassistant/light/share/config',
    odd({ name: 'Share', uniq_id: 'share', stat_t: '$share/g/#', cmd_t: '', dev: { ids: ['share'] } }),
  ],
  [
    'homeassistant/light/nul/config',
    odd({
      name: 'a\u0000b\u202e',
      uniq_id: 'nul\u0000',
      stat_t: 'a\u0000b',
      cmd_t: 'x'.repeat(70_000),
      dev: { ids: ['nul'], name: '\u0007\u001b[31m<script>alert(1)</script>' },
    }),
  ],
  [
    'homeassistant/light/tilde/config',
    odd({
      '~': '~/~',
      name: 'Tilde',
      uniq_id: 'tilde',
      stat_t: '~/~/~',
      cmd_t: '~',
      dev: { ids: ['tilde'] },
    }),
  ],
  [
    'homeassistant/light/scale/config',
    odd({
      name: 'Scale',
      uniq_id: 'scale',
      stat_t: 'scale/s',
      cmd_t: 'scale/set',
      bri_stat_t: 'scale/b',
      bri_cmd_t: 'scale/b/set',
      brightness_scale: -1,
      min_mireds: 0,
      max_mireds: -5,
      clr_temp_stat_t: 'scale/ct',
      clr_temp_cmd_t: 'scale/ct/set',
      dev: { ids: ['scale'], name: 'Scale' },
    }),
  ],
  [
    'homeassistant/number/range/config',
    odd({
      name: 'Range',
      uniq_id: 'range',
      stat_t: 'scale/n',
      cmd_t: 'scale/n/set',
      min: 100,
      max: -100,
      step: 0,
      dev: { ids: ['scale'], name: 'Scale' },
    }),
  ],
  [
    'homeassistant/sensor/temp/config',
    odd({
      name: 'Temp',
      uniq_id: 'temp',
      stat_t: 'scale/t',
      dev_cla: 'temperature',
      unit_of_meas: '°C',
      dev: { ids: ['scale'], name: 'Scale' },
    }),
  ],
  [
    'homeassistant/sensor/hum/config',
    odd({
      name: 'Hum',
      uniq_id: 'hum',
      stat_t: 'scale/h',
      dev_cla: 'humidity',
      unit_of_meas: '%',
      dev: { ids: ['scale'], name: 'Scale' },
    }),
  ],
  [
    'homeassistant/select/options/config',
    odd({
      name: 'Options',
      uniq_id: 'options',
      stat_t: 'scale/o',
      cmd_t: 'scale/o/set',
      options: { length: 1e9 },
      dev: { ids: ['scale'], name: 'Scale' },
    }),
  ],
  [
    'homeassistant/climate/all/config',
    odd({
      name: 7,
      uniq_id: {},
      modes: 'heat',
      min_temp: 'x',
      max_temp: null,
      curr_temp_t: ['a'],
      dev: 'a string',
    }),
  ],
  ...['a', 'b', 'c'].map(
    (each) =>
      [
        `homeassistant/switch/${each}/config`,
        odd({
          name: `Same ${each}`,
          uniq_id: 'same',
          stat_t: `same/${each}`,
          cmd_t: `same/${each}/set`,
          dev: {
            ids: ['same', '0x00158d0001a2b3c4', 'zigbee2mqtt_0x00158d0001a2b3c4'],
            cns: [['mac', '00:00:00:00:00:00']],
            name: 'Same',
          },
        }),
      ] as const,
  ),
  ...templates.map(
    (template, i) =>
      [
        `homeassistant/sensor/template${i}/config`,
        odd({
          name: `Template ${i}`,
          uniq_id: `template${i}`,
          stat_t: 'templates/state',
          val_tpl: template,
          dev: { ids: ['templates'], name: 'Templates' },
        }),
      ] as const,
  ),
]
export const entries: readonly string[] = [
  '',
  '{}',
  'null',
  '[null,1,"x",{},[]]',
  '{',
  odd([
    lampEntry('x', '__proto__'),
    lampEntry('__proto__', '0x1'),
    lampEntry('#', '0x2'),
    lampEntry('+/+', '0x3'),
    lampEntry('a\u0000b', '0x4'),
    lampEntry('x'.repeat(70_000), '0x5'),
    lampEntry('', '0x6'),
  ]),
  odd([
    { ...lampEntry('Nested', '0x7'), definition: { model: 'x', vendor: 'x', exposes: nested(200) } },
    { ...lampEntry('Wrong', '0x8'), definition: { model: 7, vendor: {}, exposes: 'light' } },
    {
      ...lampEntry('Limits', '0x9'),
      definition: {
        model: 'x',
        vendor: 'x',
        exposes: [
          {
            type: 'light',
            features: [
              {
                type: 'numeric',
                name: 'brightness',
                property: '__proto__',
                access: 1e9,
                value_min: 'a',
                value_max: -1,
              },
            ],
          },
          null,
          7,
        ],
      },
    },
  ]),
  odd(Array.from({ length: 500 }, (_n, i) => ({ ieee_address: `junk${i % 3}`, type: {}, friendly_name: i }))),
]
function nested(levels: number): unknown {
  return levels === 0 ? [] : [{ type: 'composite', name: 'x', property: 'x', features: nested(levels - 1) }]
}
