import { addAlarmPanel } from './alarm-panel.ts'
import { addClimate, addWaterHeater } from './climate.ts'
import type { Component } from './config.ts'
import { addCover, addValve } from './cover.ts'
import type { Entity } from './entity.ts'
import { addEvent, addTrigger } from './events.ts'
import { addFan } from './fan.ts'
import { addHumidifier } from './humidifier.ts'
import { addBasicLight } from './light-basic.ts'
import { addJsonLight } from './light-json.ts'
import { addTemplateLight } from './light-template.ts'
import { addLock } from './lock.ts'
import { addCamera, addImage } from './pictures.ts'
import { addMower, addVacuum } from './robots.ts'
import { addBinarySensor, addSensor } from './sensors.ts'
import { addButton, addNotify, addNumber, addScene, addSelect, addText, addTimeSetting } from './settings.ts'
import { addSiren } from './siren.ts'
import { addSwitch } from './switches.ts'
import { addTag, addTracker } from './trackers.ts'
import { addUpdate } from './update.ts'

function addLight(entity: Entity): void {
  const schema = entity.text('schema') ?? 'basic'
  if (schema === 'json') addJsonLight(entity)
  else if (schema === 'template') addTemplateLight(entity)
  else addBasicLight(entity)
}

const adders: Readonly<Record<Component, (entity: Entity) => void>> = {
  light: addLight,
  switch: addSwitch,
  cover: addCover,
  climate: addClimate,
  fan: addFan,
  lock: addLock,
  alarm_control_panel: addAlarmPanel,
  vacuum: addVacuum,
  lawn_mower: addMower,
  valve: addValve,
  water_heater: addWaterHeater,
  humidifier: addHumidifier,
  siren: addSiren,
  camera: addCamera,
  image: addImage,
  device_tracker: addTracker,
  sensor: addSensor,
  binary_sensor: addBinarySensor,
  number: addNumber,
  select: addSelect,
  text: addText,
  date: addTimeSetting('date'),
  time: addTimeSetting('time'),
  datetime: addTimeSetting('datetime'),
  button: addButton,
  scene: addScene,
  notify: addNotify,
  update: addUpdate,
  event: addEvent,
  tag: addTag,
  device_automation: addTrigger,
}

/** Makes of an entity what it is; one of a kind that has no use here is listed with its device. */
export function addEntity(entity: Entity): void {
  const { component, kind } = entity.source
  if (component !== undefined) return adders[component](entity)
  entity.problem(`an entity of the kind "${kind.slice(0, 40)}" is not supported`)
}
