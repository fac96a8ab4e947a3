import type { Locale } from '@eaves/model'

export interface SystemSteps {
  readonly system: string
  /** The file to take: `profile` or `certificate`. */
  readonly file: 'profile' | 'certificate'
  readonly steps: readonly string[]
}
export interface GuideWords {
  readonly title: string
  readonly lead: string
  readonly open: string
  readonly openHint: string
  readonly otherAddress: string
  readonly fingerprint: string
  readonly compare: string
  readonly pick: string
  readonly certificate: string
  readonly text: string
  readonly profile: string
  readonly systems: readonly SystemSteps[]
  readonly limitsTitle: string
  readonly limits: string
  readonly other: string
}

/** `NAME` stands for the name of the authority. */
export const guideWords: Readonly<Record<Locale, GuideWords>> = {
  en: {
    title: 'Use Eaves on this phone',
    lead: 'This hub vouches for itself. Tell this phone, tablet or computer once to trust it; from then on everything between the two is encrypted. Three steps: take the file, compare the fingerprint, open Eaves.',
    open: 'Open Eaves',
    openHint:
      'Once the certificate is installed. If your browser warns you, it is not trusted yet: go through the steps above again, to the last one.',
    otherAddress: 'Another address, if that one is not found:',
    fingerprint: 'Fingerprint (SHA-256)',
    compare:
      'Compare what your device shows for the file with the fingerprint on the hub’s console, or in Eaves under Me → Use on your phone where somebody is signed in. Do not rely on this page alone: it came to you unencrypted. If one digit differs, remove the file and ask who runs the hub.',
    pick: 'Take the file and install it',
    certificate: 'Certificate (.crt)',
    text: 'Certificate as text (.pem)',
    profile: 'Profile for iPhone and iPad',
    systems: [
      {
        system: 'iPhone, iPad',
        file: 'profile',
        steps: [
          'Open this page in Safari, take the profile above and allow the download.',
          'Settings → Profile Downloaded. Under More Details open the certificate and compare its fingerprint. Then install.',
          'Settings → General → About → Certificate Trust Settings: switch on NAME.',
          'Come back here and open Eaves. To keep it: Share → Add to Home Screen.',
        ],
      },
      {
        system: 'Android',
        file: 'certificate',
        steps: [
          'Take the certificate above.',
          'Settings → Security and privacy → More security settings → Encryption and credentials → Install a certificate → CA certificate. Android warns in general terms; what this one can do stands at the end of this page.',
          'Choose the file. Then, in the same place, open Trusted credentials → User → NAME and compare the fingerprint.',
          'Come back here and open Eaves. To keep it: menu → Add to Home screen.',
        ],
      },
      {
        system: 'Windows (Edge, Chrome)',
        file: 'certificate',
        steps: [
          'Take the certificate above. In a command prompt in that folder, run: certutil -hashfile eaves-hub.crt SHA256. Compare what it prints; it has no colons.',
          'Open the file → Install Certificate → Current User → Place all certificates in the following store → Trusted Root Certification Authorities.',
          'Restart the browser and open Eaves.',
        ],
      },
      {
        system: 'macOS (Safari, Chrome)',
        file: 'certificate',
        steps: [
          'Take the certificate above and open it: Keychain Access adds it to the login keychain.',
          'Open NAME there and compare the SHA-256 fingerprint under Details.',
          'Under Trust choose Always Trust for SSL, close the window and open Eaves.',
        ],
      },
      {
        system: 'Firefox',
        file: 'certificate',
        steps: [
          'Take the certificate above.',
          'Settings → Privacy and security → Certificates → View Certificates → Authorities → Import.',
          'Choose View and compare the SHA-256 fingerprint. Then tick “Trust this CA to identify websites”.',
          'Open Eaves.',
        ],
      },
      {
        system: 'Linux (Chromium, Chrome)',
        file: 'certificate',
        steps: [
          'Take the certificate above and run: sha256sum eaves-hub.crt. Compare what it prints; it has no colons.',
          'Settings → Privacy and security → Security → Manage certificates → Authorities (or Custom) → Import, for identifying websites.',
          'Open Eaves.',
        ],
      },
    ],
    limitsTitle: 'What you allow with it',
    limits:
      'This authority can vouch only for names under .local, for localhost and for addresses of private networks. It cannot pose as a bank, a shop or any other site on the internet. Its key never leaves the hub. You can take it back at any time where you installed it.',
    other: '中文',
  },
  'zh-Hans': {
    title: '在这台手机上使用 Eaves',
    lead: '这台家庭主机自己为自己签发证书。只需让这台手机、平板或电脑信任它一次，此后两者之间的全部通信都会加密。共三步：下载文件，核对指纹，打开 Eaves。',
    open: '打开 Eaves',
    openHint:
      '请在装好证书之后再点。如果浏览器给出警告，说明证书尚未受信任，请把上面的步骤重新走到最后一步。',
    otherAddress: '如果上面的地址打不开，请试这个地址：',
    fingerprint: '指纹（SHA-256）',
    compare:
      '请将设备上显示的文件指纹与主机控制台上的指纹核对，也可以在已登录的设备上打开 Eaves，到“我的 → 在手机上使用”中查看。不要只看本页：本页是未加密传输的。只要有一位不同，请删除该文件，并询问主机的管理者。',
    pick: '下载并安装文件',
    certificate: '证书（.crt）',
    text: '文本格式的证书（.pem）',
    profile: 'iPhone 和 iPad 描述文件',
    systems: [
      {
        system: 'iPhone、iPad',
        file: 'profile',
        steps: [
          '用 Safari 打开本页，下载上面的描述文件，并允许下载。',
          '打开“设置 → 已下载描述文件”，在“更多详细信息”中打开证书并核对指纹，然后安装。',
          '打开“设置 → 通用 → 关于本机 → 证书信任设置”，启用 NAME。',
          '回到本页，打开 Eaves。想放到主屏幕：分享 → 添加到主屏幕。',
        ],
      },
      {
        system: 'Android',
        file: 'certificate',
        steps: [
          '下载上面的证书。',
          '打开“设置 → 安全和隐私 → 更多安全设置 → 加密与凭据 → 安装证书 → CA 证书”。Android 会给出笼统的警告；这个证书究竟能做什么，见本页末尾。',
          '选择该文件。然后在同一处打开“信任的凭据 → 用户 → NAME”，核对指纹。',
          '回到本页，打开 Eaves。想放到主屏幕：菜单 → 添加到主屏幕。',
        ],
      },
      {
        system: 'Windows（Edge、Chrome）',
        file: 'certificate',
        steps: [
          '下载上面的证书。在该文件夹中打开命令提示符，运行：certutil -hashfile eaves-hub.crt SHA256，核对输出（其中没有冒号）。',
          '打开文件 → 安装证书 → 当前用户 → 将所有证书都放入下列存储 → 受信任的根证书颁发机构。',
          '重启浏览器，打开 Eaves。',
        ],
      },
      {
        system: 'macOS（Safari、Chrome）',
        file: 'certificate',
        steps: [
          '下载上面的证书并打开，“钥匙串访问”会把它加入登录钥匙串。',
          '在其中打开 NAME，在“细节”中核对 SHA-256 指纹。',
          '在“信任”中，将 SSL 设为“始终信任”，关闭窗口，打开 Eaves。',
        ],
      },
      {
        system: 'Firefox',
        file: 'certificate',
        steps: [
          '下载上面的证书。',
          '打开“设置 → 隐私与安全 → 证书 → 查看证书 → 证书颁发机构 → 导入”。',
          '点“查看”，核对 SHA-256 指纹，然后勾选“信任由此证书颁发机构来标识网站”。',
          '打开 Eaves。',
        ],
      },
      {
        system: 'Linux（Chromium、Chrome）',
        file: 'certificate',
        steps: [
          '下载上面的证书，运行：sha256sum eaves-hub.crt，核对输出（其中没有冒号）。',
          '打开“设置 → 隐私和安全 → 安全 → 管理证书 → 授权机构（或自定义）→ 导入”，用于标识网站。',
          '打开 Eaves。',
        ],
      },
    ],
    limitsTitle: '信任它意味着什么',
    limits:
      '这个证书颁发机构只能为 .local 下的名称、localhost 以及私有网络的地址签发证书，无法冒充银行、商店或互联网上的任何其他网站。它的密钥从不离开主机。您随时可以在安装它的地方将其删除。',
    other: 'English',
  },
}
