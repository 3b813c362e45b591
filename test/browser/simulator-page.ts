import type { FrameLocator, Locator, Page } from 'playwright-core'

const platforms = { feishu: '飞书', dingtalk: '钉钉', wecom: '企业微信' } as const
type PlatformName = keyof typeof platforms

/** The simulator's page: everybody's chat with the bot, and their phones. */
export class SimulatorPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Turns to somebody's chat and phone: on the platform that is named, for those who are on several. */
  async turnTo(name: string, platform?: PlatformName): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name }).click()
    if (platform) {
      const choice = this.page.getByRole('group', { name: '平台' }).getByRole('button', { name: platforms[platform] })
      if (await choice.isVisible()) await choice.click()
    }
    const shown = platform ? platforms[platform] : `(${Object.values(platforms).join('|')})`
    await this.page.getByText(new RegExp(`^${name} 的${shown}$`)).waitFor()
  }

  /** The platform whose chat is shown. */
  async platform(): Promise<PlatformName> {
    const words = await this.page.getByText(new RegExp(`^\\S+ 的(${Object.values(platforms).join('|')})$`)).innerText()
    if (words.endsWith(platforms.dingtalk)) return 'dingtalk'
    return words.endsWith(platforms.wecom) ? 'wecom' : 'feishu'
  }

  /** The card in the shown chat that says this. */
  card(words: string | RegExp): Locator {
    return this.page.getByRole('log').getByRole('article').filter({ hasText: words })
  }

  /** The message in the shown chat that says this. */
  message(words: string | RegExp): Locator {
    return this.page.getByRole('log').getByText(words)
  }

  /** Writes to the bot as the person that is shown. */
  async ask(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: '发消息给' }).fill(text)
    await this.page.getByRole('button', { name: '发送' }).click()
  }

  /** Presses a button of a card, and says yes where the card asks whether one is sure. */
  async press(card: Locator, button: string): Promise<void> {
    await card.getByRole('button', { name: button }).click()
    const dialog = this.page.getByRole('alertdialog')
    if (await dialog.isVisible()) await dialog.getByRole('button', { name: '确认' }).click()
  }

  /** Somebody presses a button of a card as it looked when it came, on a phone that has not heard of what became of it. Gives what he then sees. */
  async pressOld(card: Locator, person: string, button: 'approve' | 'reject'): Promise<string> {
    const id = await card.locator('xpath=ancestor::*[@data-message]').getAttribute('data-message')
    const clicks = `/sim/${await this.platform()}/cards/${id}/clicks`
    const answer = await this.page.request.post(new URL(clicks, this.page.url()).href, {
      data: { person, action: button, form: {}, version: 0 },
    })
    return answer.text()
  }

  /** Somebody leaves the company on one platform, which tells of it. */
  async letLeave(person: string, platform: PlatformName): Promise<void> {
    const left = `/sim/${platform}/people/${person}/leave`
    await this.page.request.post(new URL(left, this.page.url()).href, { data: {} })
  }

  /** Turns the clock of the platforms forward. */
  async advance({ days, hours }: { days: number; hours: number }): Promise<void> {
    for (let i = 0; i < days; i++) await this.page.getByRole('button', { name: '+1 天' }).click()
    for (let i = 0; i < hours; i++) await this.page.getByRole('button', { name: '+1 小时' }).click()
  }

  /** Opens what a card leads to; some platforms draw that as a button. */
  async follow(card: Locator, words: string): Promise<void> {
    await card
      .getByRole('link', { name: words })
      .or(card.getByRole('button', { name: words }))
      .click()
  }

  /** What somebody is told who has pressed a button of a card: for a moment, or on the card where the platform knows no toasts. */
  async told(card: Locator, words: string | RegExp): Promise<void> {
    await this.page.getByRole('status').getByText(words).or(card.getByText(words)).first().waitFor()
  }

  /** The app on the phone of the person that is shown. */
  get phone(): FrameLocator {
    return this.page.frameLocator('iframe:visible')
  }
}
