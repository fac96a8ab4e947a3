import type { Row } from './rules.ts'

const climate = { on: 'climate', assume: '°C' } as const
const modes = { off: 'off', auto: 'auto', cool: 'cool', heat: 'heat', dry: 'dry', fan_only: 'fanOnly' }
const difference = { assume: '°C', difference: true } as const
const day = (name: string): Row => [
  `schedule_${name}|${name}|workday_schedule_${name}|week_program_${name}|${name}_schedule`,
  `schedule.${name}`,
]

/** Heating and cooling beyond the thermostat itself, its settings and schedules. */
export const climateRules: readonly Row[] = [
  [
    'local_temperature_calibration|temperature_calibration|temperature_offset|temperature_correction|local_temperature_offset',
    'calibration.temperatureCelsius',
    difference,
  ],
  ['floor_sensor_calibration', 'calibration.temperatureCelsius', { ...difference, part: 'floor' }],
  [
    'probe_temperature_calibration|external_temperature_calibration',
    'calibration.temperatureCelsius',
    { ...difference, part: 'probe' },
  ],
  ['humidity_calibration|humidity_offset', 'calibration.humidityPercent', { assume: '%' }],
  ['soil_calibration', 'calibration.soilPercent', { assume: '%' }],
  ['illuminance_calibration', 'calibration.illuminanceLux', { assume: 'lx' }],
  [
    'pressure_calibration|pressure_offset|offset_pressure',
    'calibration.pressureHectopascals',
    { assume: 'hPa' },
  ],
  ['lower_level', 'calibration.soilDryPercent', { about: /0% is/, assume: '%' }],
  ['upper_level', 'calibration.soilWetPercent', { about: /100% is/, assume: '%' }],
  ['co2_offset', 'calibration.carbonDioxidePartsPerMillion', { assume: 'ppm' }],
  ['lux_factor', 'calibration.illuminanceFactor'],
  ['temperature_compensation', 'calibration.temperatureCompensated'],
  [
    'automatic_self_calibration|automatic_calibrations|automatic_scal|auto_calibration',
    'calibration.automatic',
    { only: 'binary' },
  ],

  ['preset|mode', 'preset.preset', { on: 'climate', only: 'enum' }],
  ['swing_mode', 'swing.vertical', { only: 'enum', among: /^(on|off)$/ }],
  ['system_mode', 'thermostat.mode', { words: modes }],
  ['target_temperature|current_heating_setpoint', 'thermostat.targetCelsius', { assume: '°C' }],
  [
    'pi_heating_demand|position',
    'climateStatus.valvePercent',
    { on: 'climate', assume: '%', settable: false },
  ],
  ['pi_cooling_demand', 'climateStatus.demandPercent', { on: 'climate', assume: '%', settable: false }],
  [
    'pi_heating_demand|valve_position|position',
    'climateModes.valvePercent',
    { on: 'climate', assume: '%', settable: true, share: 'top' },
  ],
  ['pi_heating_demand', 'climateStatus.valvePercent', { assume: '%', settable: false }],
  ['position|valve_position', 'valve.openPercent', { on: 'valve', assume: '%' }],
  ['pilot_wire_mode', 'preset.preset'],
  [
    'running_mode',
    'climateStatus.mode',
    { settable: false, words: { off: 'off', heat: 'heat', cool: 'cool' } },
  ],
  ['output_status|valve_state|heating|valve', 'climateStatus.active', { settable: false }],
  [
    'valve_state',
    'climateStatus.active',
    {
      settable: false,
      on: 'climate',
      words: {
        opened: true,
        open: true,
        closed: false,
        close: false,
        standby: false,
        heating: true,
        idle: false,
      },
    },
  ],
  ['window_open|window', 'climateStatus.windowOpen', { settable: false }],
  [
    'window',
    'climateStatus.windowOpen',
    { settable: false, words: { open: true, opened: true, closed: false, close: false } },
  ],
  [
    'setpoint_change_source',
    'climateStatus.setpointSource',
    {
      settable: false,
      words: { manual: 'manual', schedule: 'schedule', externally: 'external', external: 'external' },
    },
  ],
  ['icon2_pre_heat_status|preheat_status|preheat', 'climateStatus.preheating', { settable: false }],

  ['boost|boost_heating', 'climateModes.boost', { only: 'binary' }],
  ['boost_time|boost_timeset_countdown|boost_heating_countdown|boost_duration', 'climateModes.boostSeconds'],
  ['eco_mode', 'climateModes.sleep', { only: 'binary', about: /\bsleep\b/i }],
  ['eco_mode', 'climateModes.eco', { only: 'binary', about: /^(?!.*\bprogram\b)/i }],
  ['away_mode|vacation_mode', 'climateModes.away', { only: 'binary' }],
  ['frost_protection|frost|antifreeze', 'climateModes.frostProtection', { only: 'binary' }],
  ['temperature_setpoint_hold', 'climateModes.hold', { only: 'binary' }],
  ['temperature_setpoint_hold_duration', 'climateModes.holdSeconds', { assume: 'min' }],
  ['manual_mode', 'climateModes.manual', { only: 'binary', words: { manual: true, auto: false } }],
  ['quiet_mode', 'climateModes.quiet', { only: 'binary' }],
  ['turbo_mode', 'climateModes.turbo', { only: 'binary', about: /^(?!.*\bradio\b)/i }],
  ['sleep_mode', 'climateModes.sleep', { only: 'binary' }],
  [
    'programming_operation_mode|schedule_mode|schedule_type_used|program_mode',
    'climateModes.scheduleMode',
    { only: 'enum', on: 'climate', among: /^(?!presence|on$|cpu)/ },
  ],
  ['main_cycle_output', 'climateSettings.cycle', { only: 'enum' }],
  ['control_sequence_of_operation', 'climateSettings.sequence', { only: 'enum' }],

  ['min_heat_setpoint_limit|min_temperature_limit|lower_temp', 'targetLimits.minCelsius', { assume: '°C' }],
  ['max_heat_setpoint_limit|max_temperature_limit|upper_temp', 'targetLimits.maxCelsius', { assume: '°C' }],
  ['min_temperature', 'targetLimits.minCelsius', climate],
  ['max_temperature', 'targetLimits.maxCelsius', climate],
  ['min_cool_setpoint_limit', 'targetLimits.minCoolingCelsius', { assume: '°C' }],
  ['max_cool_setpoint_limit', 'targetLimits.maxCoolingCelsius', { assume: '°C' }],
  ['abs_min_heat_setpoint_limit', 'targetLimits.deviceMinCelsius', { assume: '°C' }],
  ['abs_max_heat_setpoint_limit', 'targetLimits.deviceMaxCelsius', { assume: '°C' }],
  ['floor_min_setpoint', 'targetLimits.minFloorCelsius', { assume: '°C' }],
  ['floor_max_setpoint|max_floor_temperature', 'targetLimits.maxFloorCelsius', { assume: '°C' }],

  ['eco_temperature|eco_mode_heat_temperature', 'climateSettings.ecoCelsius', { assume: '°C' }],
  ['comfort_temperature', 'climateSettings.comfortCelsius', { assume: '°C' }],
  [
    'holiday_temperature|away_preset_temperature|away_temperature|unoccupied_heating_setpoint|holiday_temp_set',
    'climateSettings.awayCelsius',
    { assume: '°C' },
  ],
  ['unoccupied_cooling_setpoint', 'climateSettings.awayCoolingCelsius', { assume: '°C' }],
  [
    'frost_protect|frost_set|frost_protection_temperature|antifrost_temperature',
    'climateSettings.frostCelsius',
    { assume: '°C' },
  ],
  [
    'deadzone_temperature|hysteresis|hysterersis|hysteresis_temperature|temperature_delta',
    'climateSettings.hysteresisCelsius',
    { ...difference, about: /^(?!.*unit is 0\.1)/i },
  ],
  ['eco_mode', 'climateSettings.setbackCelsius', { ...difference, only: 'numeric' }],
  ['window_detection|window_open_feature|open_window', 'climateSettings.windowDetection', { settable: true }],
  ['open_window_temperature|window_detection_temperature', 'climateSettings.windowCelsius', { assume: '°C' }],
  ['open_window_time|window_detection_time', 'climateSettings.windowSeconds', { assume: 'min' }],
  ['scale_protection|anti_scaling|valve_protection', 'climateSettings.descaling'],
  [
    'sensor|room_floor_sensor_mode|sensor_choose|sensor_mode|temperature_sensor_select|sensor_selection|temperature_sensor',
    'climateSettings.sensor',
    { on: 'climate', only: 'enum' },
  ],
  ['sensor_type|floor_sensor_type', 'climateSettings.sensorType', { on: 'climate', only: 'enum' }],
  ['control_algorithm|control_type', 'climateSettings.control', { only: 'enum' }],
  ['thermostat_outdoor_temperature', 'climateSettings.outdoorCelsius', { assume: '°C' }],
  ['outdoor_temperature_timeout', 'climateSettings.outdoorSeconds', { assume: 's' }],
  ['heat_protect', 'climateSettings.overheatCelsius', { assume: '°C', only: 'numeric' }],
  ['thermostat_occupancy', 'climateSettings.occupied', { words: { occupied: true, unoccupied: false } }],

  ['schedule_text|schedule', 'schedule.week', { only: 'text' }],
  ...['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map(day),
  ['schedule_weekday|workdays_schedule', 'schedule.workdays', { only: 'text' }],
  ['holidays_schedule|schedule_holiday', 'schedule.weekend', { only: 'text' }],
]
