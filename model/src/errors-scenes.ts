/** Codes of scenes, for the error table. */
export const sceneErrors = {
  'scene.device-gone': {
    status: 409,
    title: 'This device of the scene is no longer there.',
    todo: 'Take it out of the scene, or choose another device.',
  },
  'scene.nothing': {
    status: 409,
    title: 'None of the devices of this scene is there any more.',
    todo: 'Edit the scene and choose devices, or delete it.',
  },
  'scene.undo-over': {
    status: 409,
    title: 'This can no longer be undone.',
    todo: 'A run is undone once, within ten minutes, while the server stays up. Run another scene, or set the devices by hand.',
  },
} as const
