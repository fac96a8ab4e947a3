/**
 * Templates that others announce, as their public sources and documents have them: facts to measure the subset against.
 * Each stands with an example message and what Jinja makes of it, where the value is worth comparing.
 */
export interface Collected {
  readonly from: string
  readonly template: string
  /** A message, or the value of a command. */
  readonly message?: unknown
  readonly gives?: unknown
  /** Names of a command template; absent for a value template. */
  readonly names?: readonly string[]
}

// Zigbee2MQTT's own discovery (lib/extension/homeassistant.ts), with a property's name put in.
const zigbee2mqtt: readonly Omit<Collected, 'from'>[] = [
  { template: '{{ value_json["battery"] }}', message: { battery: 71 }, gives: 71 },
  { template: '{{ value_json["state_left"] }}', message: { state_left: 'ON' }, gives: 'ON' },
  { template: '{{ value_json.state }}', message: { state: 'online' }, gives: 'online' },
  { template: '{{ value_json.fan_state }}', message: { fan_state: 'ON' }, gives: 'ON' },
  {
    template: '{{ value_json.last_seen }}',
    message: { last_seen: '2026-03-01T10:00:00Z' },
    gives: '2026-03-01T10:00:00Z',
  },
  { template: '{{ value_json.version }}', message: { version: '2.6.0' }, gives: '2.6.0' },
  {
    template: '{{ value_json.coordinator.meta.revision }}',
    message: { coordinator: { meta: { revision: 2022 } } },
    gives: 2022,
  },
  { template: '{{ value_json.restart_required }}', message: { restart_required: false }, gives: false },
  { template: '{{ value_json.log_level | lower }}', message: { log_level: 'INFO' }, gives: 'info' },
  { template: '{{ value_json.permit_join | lower }}', message: { permit_join: true }, gives: 'true' },
  {
    template: '{{ value_json.data.value | tojson }}',
    message: { data: { value: { a: 1 } } },
    gives: '{"a":1}',
  },
  { template: '{{ "offline" }}', message: {}, gives: 'offline' },
  { template: "{{ now().strftime('%Y-%m-%d %H:%M:%S') }}", message: {} },
  {
    template: '{% if value_json["contact"] %}true{% else %}false{% endif %}',
    message: { contact: false },
    gives: 'false',
  },
  {
    template:
      "{% set values = {None:None,'idle':'idle','heat':'heating','cool':'cooling','fan_only':'fan'} %}{{ values[value_json[\"running_state\"]] }}",
    message: { running_state: 'heat' },
    gives: 'heating',
  },
  {
    template:
      '{% if "running" in value_json and value_json["running"] %} {% if value_json["position"] > 0 %} closing {% else %} opening {% endif %} {% else %} stopped {% endif %}',
    message: { running: true, position: 0 },
    gives: 'opening',
  },
  {
    template:
      '{% if "motor_state" in value_json and value_json["motor_state"] %} {{ value_json["motor_state"] }} {% else %} stop {% endif %}',
    message: { motor_state: 'opening' },
    gives: 'opening',
  },
  {
    template: '{ "position_left": {{ position }} }',
    names: ['position', 'value'],
    message: 40,
    gives: '{ "position_left": 40 }',
  },
  {
    template: "{{ {'off':0, 'low':1, 'medium':2, 'high':3}[value_json[\"fan_mode\"]] | default('None') }}",
    message: { fan_mode: 'medium' },
    gives: 2,
  },
  {
    template: "{{ {0:'off', 1:'low', 2:'medium', 3:'high'}[value] | default('') }}",
    names: ['value'],
    message: 3,
    gives: 'high',
  },
  {
    template:
      "{{ value_json[\"fan_mode\"] if value_json[\"fan_mode\"] in ['on', 'auto', 'smart'] else 'None' | default('None') }}",
    message: { fan_mode: 'auto' },
    gives: 'auto',
  },
  { template: '{{ value_json["speed"] | default(\'None\') }}', message: {}, gives: 'None' },
  { template: "{{ value | default('') }}", names: ['value'], message: 12, gives: '12' },
  {
    template:
      '{"warning": {"mode": "{{ tone | default(\'emergency\') }}", "level": "{% if volume_level is defined %}{% if volume_level | float <= 0.25 %}low{% elif volume_level | float <= 0.5 %}medium{% elif volume_level | float <= 0.75 %}high{% else %}very_high{% endif %}{% else %}medium{% endif %}", "duration": {{ duration | default(10) }}}}',
    names: ['value', 'tone', 'volume_level', 'duration'],
    message: 'ON',
    gives: '{"warning": {"mode": "emergency", "level": "medium", "duration": 10}}',
  },
  {
    template: "{{ value_json[\"message\"] | default('',True) | string | truncate(254, True, '', 0) }}",
    message: { message: 'hello' },
    gives: 'hello',
  },
  {
    template:
      "{\"latest_version\":\"{{ value_json['update']['latest_version'] }}\",\"installed_version\":\"{{ value_json['update']['installed_version'] }}\",\"update_percentage\":{{ value_json['update'].get('progress', 'null') }},\"in_progress\":{{ (value_json['update']['state'] == 'updating')|lower }}}",
    message: { update: { latest_version: 2, installed_version: 1, state: 'available' } },
    gives: '{"latest_version":"2","installed_version":"1","update_percentage":null,"in_progress":false}',
  },
  {
    template: '{"options": {"advanced": {"log_level": "{{ value }}" } } }',
    names: ['value'],
    message: 'debug',
    gives: '{"options": {"advanced": {"log_level": "debug" } } }',
  },
  {
    template: `{% set patterns = [
{"pattern": '^(?P<button>(?:button_)?[a-z0-9]+)_(?P<action>(?:press|hold)(?:_release)?)$', "groups": ["button", "action"]},
{"pattern": '^(?P<action>recall|scene)_(?P<scene>[0-2][0-9]{0,2})$', "groups": ["action", "scene"]},
{"pattern": '^(?P<actionPrefix>region_)(?P<region>[1-9]|10)_(?P<action>enter|leave|occupied|unoccupied)$', "groups": ["actionPrefix", "region", "action"]},
{"pattern": '^(?P<action>dial_rotate)_(?P<direction>left|right)_(?P<speed>step|slow|fast)$', "groups": ["action", "direction", "speed"]},
{"pattern": '^(?P<action>brightness_step)(?:_(?P<direction>up|down))?$', "groups": ["action", "direction"]}
] %}
{% set action_value = value_json.action|default('') %}
{% set ns = namespace(r=[('action', action_value)]) %}
{% for p in patterns %}
  {% set m = action_value|regex_findall(p.pattern) %}
  {% if m[0] is undefined %}{% continue %}{% endif %}
  {% for key, value in zip(p.groups, m[0]) %}
    {% set ns.r = ns.r|rejectattr(0, 'eq', key)|list + [(key, value)] %}
  {% endfor %}
{% endfor %}
{% if (ns.r|selectattr(0, 'eq', 'actionPrefix')|first) is defined %}
  {% set ns.r = ns.r|rejectattr(0, 'eq', 'action')|list + [('action', ns.r|selectattr(0, 'eq', 'actionPrefix')|map(attribute=1)|first + ns.r|selectattr(0, 'eq', 'action')|map(attribute=1)|first)] %}
{% endif %}
{% set ns.r = ns.r + [('event_type', ns.r|selectattr(0, 'eq', 'action')|map(attribute=1)|first)] %}
{{dict.from_keys(ns.r|rejectattr(0, 'in', ('action', 'actionPrefix'))|reject('eq', ('event_type', None))|reject('eq', ('event_type', '')))|to_json}}`,
    message: { action: 'region_3_enter' },
    gives: '{"region":"3","event_type":"region_enter"}',
  },
]

// Tasmota: its discovery driver (xdrv_12_home_assistant.ino) and its guide for Home Assistant (docs/Home-Assistant.md).
const tasmota: readonly Omit<Collected, 'from'>[] = [
  { template: "{{value_json['ENERGY']['Power']}}", message: { ENERGY: { Power: 12 } }, gives: 12 },
  { template: '{{ value_json["ENERGY"]["Today"] }}', message: { ENERGY: { Today: 1.5 } }, gives: 1.5 },
  { template: '{{value_json.POWER2}}', message: { POWER2: 'ON' }, gives: 'ON' },
  {
    template: "{{value_json['SI7021-14'].Temperature}}",
    message: { 'SI7021-14': { Temperature: 21.3 } },
    gives: 21.3,
  },
  { template: "{{ value_json['DHT22'].Humidity }}", message: { DHT22: { Humidity: 40 } }, gives: 40 },
  { template: '{{ value_json.BMP280.Pressure }}', message: { BMP280: { Pressure: 1013 } }, gives: 1013 },
  { template: "{{value_json['Wifi'].RSSI }}", message: { Wifi: { RSSI: 70 } }, gives: 70 },
  { template: "{{value_json['RSSI']}}", message: { RSSI: 70 }, gives: 70 },
  { template: '{{value_json.Dimmer}}', message: { Dimmer: 55 }, gives: 55 },
  { template: '{{value_json.CT}}', message: { CT: 300 }, gives: 300 },
  { template: '{{value_json.Scheme}}', message: { Scheme: 0 }, gives: 0 },
  { template: '{{value_json.Channel[3]}}', message: { Channel: [1, 2, 3, 4] }, gives: 4 },
  {
    template: "{{value_json.Color.split(',')[0:3]|join(',')}}",
    message: { Color: '255,128,0,10,20' },
    gives: '255,128,0',
  },
  { template: '{%if value_json.White%}white{%else%}rgb{%endif %}', message: { White: 0 }, gives: 'rgb' },
  {
    template:
      "{{ (value_json.Color[0:2]|int(base=16),value_json.Color[2:4]|int(base=16),value_json.Color[4:6]|int(base=16)) | join(',')}}",
    message: { Color: 'FF8000' },
    gives: '255,128,0',
  },
  {
    template: "{{ '%02X%02X%02X' | format(red, green, blue)}}",
    names: ['red', 'green', 'blue'],
    message: 255,
    gives: 'FFFFFF',
  },
  {
    template: "{{ '%02X%02X%02X=' | format(red, green, blue)}}",
    names: ['red', 'green', 'blue'],
    message: 0,
    gives: '000000=',
  },
]

// ESPHome's MQTT components announce topics of their own and few templates (mqtt_cover.cpp, mqtt_switch.cpp and forks).
const esphome: readonly Omit<Collected, 'from'>[] = [
  { template: '{{ value_json.state }}', message: { state: 'open' }, gives: 'open' },
  { template: '{{ value_json.position }}', message: { position: 40 }, gives: 40 },
  { template: '{{ value_json.tilt }}', message: { tilt: 10 }, gives: 10 },
  { template: '{{ value_json.relay | is_defined }}', message: { relay: 'true' }, gives: 'true' },
  { template: '{{ value_json.relay | is_defined }}', message: {}, gives: undefined },
  { template: '{"number":{{ value }}}', names: ['value'], message: 5, gives: '{"number":5}' },
]

// OpenMQTTGateway (main/config_mqttDiscovery.h, main/HMD/core/HassTemplates.h, main/ZmqttDiscovery.ino).
const openMqttGateway: readonly Omit<Collected, 'from'>[] = [
  ...[
    'batt',
    'lux',
    'pres',
    'fer',
    'for',
    'moi',
    'hum',
    'steps',
    'weight',
    'tempc',
    'tempf',
    'volt',
    'message',
  ].map((key) => ({ template: `{{ value_json.${key} | is_defined }}`, message: { [key]: 3 }, gives: 3 })),
  { template: '{{ float(value_json.pa) * 0.01 | is_defined }}', message: { pa: '101300' }, gives: 1013 },
  { template: '{{ value_json.power | is_defined | float > 0 }}', message: { power: 5 }, gives: true },
  { template: '{{ value_json.power | is_defined | float > 0 }}', message: {}, gives: undefined },
  {
    template: '{% if value_json.power > 0.02 -%} on {% else %} off {%- endif %}',
    message: { power: 1 },
    gives: 'on',
  },
  {
    template:
      '{% if value_json.uuid is not defined and value_json.volt is defined -%} {{value_json.volt}} {%- endif %}',
    message: { volt: 12.4 },
    gives: '12.4',
  },
  { template: '{{ value_json.m5battlevel }}', message: { m5battlevel: 80 }, gives: 80 },
]

// Z-Wave JS UI (api/hass/configurations.ts, api/hass/devices.ts, api/lib/Gateway.ts).
const zwave: readonly Omit<Collected, 'from'>[] = [
  { template: '{{ value_json.value }}', message: { value: 1 }, gives: 1 },
  { template: "{{ value_json.value | default('') }}", message: {}, gives: '' },
  { template: "{{ value_json.value.value | default('') }}", message: { value: { value: 2 } }, gives: 2 },
  { template: '{{ "OFF" if value_json.value == 0 else "ON" }}', message: { value: 0 }, gives: 'OFF' },
  { template: '{{ value_json.value | round(0) }}', message: { value: 98.6 }, gives: 99 },
  { template: '{{ (value_json.value / 99 * 100) | round(0) }}', message: { value: 99 }, gives: 100 },
  { template: '{{ value_json.value | int }}', message: { value: '7' }, gives: 7 },
  { template: '{{ "on" if value_json.value|int > 0 else "0" }}', message: { value: 3 }, gives: 'on' },
  { template: '{{ (value_json.value|int) | round(0) }}', message: { value: 3 }, gives: 3 },
  {
    template: '{{ value_json.value.red }},{{ value_json.value.green }},{{ value_json.value.blue }}',
    message: { value: { red: 1, green: 2, blue: 3 } },
    gives: '1,2,3',
  },
  { template: "{{'online' if value_json.value else 'offline'}}", message: { value: true }, gives: 'online' },
  { template: "{{'true' if value_json.value else 'false'}}", message: { value: false }, gives: 'false' },
  {
    template: '{% if (value_json.value | int) == 0 %} 0 {% else %} 255 {% endif %}',
    message: { value: 0 },
    gives: '0',
  },
  {
    template:
      '{% if (value_json.value | int) == 0 %} 0 {% elif (value_json.value | int) <= 32 %} 24 {% elif (value_json.value | int) <= 66 %} 50 {% elif (value_json.value | int) <= 99 %} 99 {% endif %}',
    message: { value: 40 },
    gives: '50',
  },
  {
    template: '{{ {0:0, 16: 1, 32: 2, 48: 3, 64: 4, 80: 5, 96: 6, 99: 7}[value_json.value] }}',
    message: { value: 48 },
    gives: 3,
  },
  {
    template: '{{ {0:0, 1: 16, 2: 32, 3: 48, 4: 64, 5: 80, 6: 96, 7: 99}[value] }}',
    names: ['value'],
    message: 2,
    gives: '32',
  },
  {
    template: "{{ {'off': 0, 'silent': 16, 'very low': 32, 'low':48}[value] }}",
    names: ['value'],
    message: 'low',
    gives: '48',
  },
  {
    template: '{{ {0: "off", 1: "heat"}[value_json.value] | default(\'off\') }}',
    message: { value: 1 },
    gives: 'heat',
  },
  {
    template: '{{ {0: "idle",1: "active"}[value_json.value] | default(value_json.value) }}',
    message: { value: 5 },
    gives: 5,
  },
  {
    template: "{{ {'red': red, 'green': green, 'blue': blue}|to_json }}",
    names: ['red', 'green', 'blue'],
    message: 9,
    gives: '{"red":9,"green":9,"blue":9}',
  },
  {
    template:
      "{{ {'warmWhite': ((0.7349 * (value - 153))|round(0)), 'coldWhite': (255 - (0.7349 * (value - 153))|round(0)), 'red': 255, 'green': 255, 'blue': 255}|to_json }}",
    names: ['value'],
    message: 500,
    gives: '{"warmWhite":255,"coldWhite":0,"red":255,"green":255,"blue":255}',
  },
  {
    template:
      "{{ {'warmWhite': ((value - 245)|round(0)), 'coldWhite': (255 - (value - 245))|round(0)}|to_json }}",
    names: ['value'],
    message: 300,
    gives: '{"warmWhite":55,"coldWhite":200}',
  },
  {
    template: "{{ '%03d%03d' | format((value_json.value.warmWhite), (value_json.value.coldWhite)) }}",
    message: { value: { warmWhite: 5, coldWhite: 120 } },
    gives: '005120',
  },
]

// Home Assistant's own documents of its MQTT components, and announcements met in public code.
const documents: readonly Omit<Collected, 'from'>[] = [
  { template: '{{ value_json }}', message: 'off', gives: 'off' },
  { template: '{{ value if value=="off" else "on" }}', names: ['value'], message: 'eco', gives: 'on' },
  {
    template: "{{ value_json['update'].old_version }}",
    message: { update: { old_version: '1' } },
    gives: '1',
  },
  {
    template:
      "{{ {'installed_version': value_json.installed_ver, 'latest_version': value_json.new_ver } | to_json }}",
    message: { installed_ver: '1', new_ver: '2' },
    gives: '{"installed_version":"1","latest_version":"2"}',
  },
  {
    template: '{ "action": "{{ action }}", "code": "{{ code }}" }',
    names: ['action', 'code'],
    message: 'X',
    gives: '{ "action": "X", "code": "X" }',
  },
  { template: "{{ value_json.attributes.get('x', 'none') }}", message: { attributes: {} }, gives: 'none' },
  {
    template: "{{ value_json.state | regex_replace('^([a-z]+)_.*$', '\\\\1') }}",
    message: { state: 'on_now' },
    gives: 'on',
  },
  {
    template: '{{ value_json.timestamp | timestamp_custom("%Y", false) }}',
    message: { timestamp: 0 },
    gives: '1970',
  },
  {
    template: '{{ (as_timestamp(value_json.until) - as_timestamp(value_json.since)) | int }}',
    message: { since: '2026-01-01T00:00:00Z', until: '2026-01-01T00:01:00Z' },
    gives: 60,
  },
  {
    template: '{{ value_json.t | float(0) | multiply(1.8) | add(32) | round(1) }}',
    message: { t: 20 },
    gives: 68,
  },
  {
    template: "{{ value_json.list | selectattr('on') | map(attribute='name') | list | length }}",
    message: {
      list: [
        { on: true, name: 'a' },
        { on: false, name: 'b' },
      ],
    },
    gives: 1,
  },
  {
    template: '{{ value_json.rssi | int(default=-100) if value_json.rssi is defined else none }}',
    message: { rssi: '-60' },
    gives: -60,
  },
  { template: "{{ value if value is defined else 'Unknown' }}", message: 'x', gives: '"x"' },
  { template: "{{ value_json.mode in ('heat', 'auto') }}", message: { mode: 'auto' }, gives: true },
  {
    template:
      '{% for k, v in value_json.items() %}{{ k }}={{ v }}{% if not loop.last %};{% endif %}{% endfor %}',
    message: { a: 1, b: 2 },
    gives: 'a=1;b=2',
  },
]

const of = (from: string, list: readonly Omit<Collected, 'from'>[]): readonly Collected[] =>
  list.map((one) => ({ from, ...one }))
export const collected: readonly Collected[] = [
  ...of('Zigbee2MQTT', zigbee2mqtt),
  ...of('Tasmota', tasmota),
  ...of('ESPHome', esphome),
  ...of('OpenMQTTGateway', openMqttGateway),
  ...of('Z-Wave JS UI', zwave),
  ...of('documents', documents),
]
/** Found in Z-Wave JS UI's sources and wrong as Jinja: names that nothing gives a value, and an operator that it has not. */
export const mistaken: readonly string[] = [
  '{{ OFF if value_json.value == 0 else ON }}',
  '{{ value_template.json }}',
  "{{ '%03d%03d' | format((value_json.value.warmWhite || 0), (value_json.value.coldWhite || 0)) }}",
]
