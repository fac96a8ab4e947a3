import { createConnection } from 'node:net'
import type { IClientOptions, MqttClient } from 'mqtt'

type Dial = (url: string, options: IClientOptions) => MqttClient

/** Reads the MQTT client, which takes a twentieth of a second: with the first connection, or before one is known. */
export async function readLibrary(): Promise<Dial> {
  const [{ connect, MqttClient }, { writeToStream }] = await Promise.all([
    import('mqtt'),
    import('mqtt-packet'),
  ])
  // It would make a buffer of each of 65,536 numbers before its first packet.
  writeToStream.cacheNumbers = false
  return (url, options) => {
    const { protocol, hostname, port } = new URL(url)
    // Its own `connect` reads WebSocket and SOCKS before it opens a plain connection; with a key it makes an encrypted one of it.
    if (protocol !== 'mqtt:' || options.key !== undefined) return connect(url, options)
    const host = hostname.replace(/^\[|\]$/g, '')
    return new MqttClient(() => createConnection({ host, port: Number(port || 1883) }), options)
  }
}
