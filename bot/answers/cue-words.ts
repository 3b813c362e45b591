import { everydayWords } from './everyday-words.ts'

/** Words that ask, count or join, and so are never a name by themselves. Longer ones are tried first. */
const chinese = `
帮我 帮忙 麻烦 请问 那个 那边 这边 查一下 查下 看一下 看下 看看 查查 一下 来着 我们 咱们 咱 我手上 我的 我这 我 他家 她家 他们 他 她 它家 它们 它 你们 你 您 客户要 客户 顾客
cha haiyou hai you ji tai duoshao youmeiyou mei zenme mai shenme shihou daohuo daizhi kucun dingdan jindu xinyong edu qiankuan yingshou qian kuan qingdan jiage zhangling fenxi duizhangdan shenpi genjin tixing wo de shangji benyue yeji paihangbang mubiao wancheng baojia kaidan bangzhu daiban linqi kuai duan huo yingfu yao fa maoli chengben duoshao
库存 现货 有货没 有货 可用量 可用 可卖 在库 存货 还有没有货 还有没有 有没有货 有没有 还有多少 还有几 还有 有多少 有几 各有多少 各有 各 还剩下 还剩 剩下 剩多少 剩几 剩余 剩 够不够 够 还有吗 有吗 有没 没有 没
内的 之前 以前 以内 以上 以下 之内 左右 之间 里 内 前 后
还欠 欠款 欠了 欠着 欠的钱 欠 应收账款 应收款 应收 账款 款项 没付款 没付 未付 没结 结清了没 结清 结账 的账 账单 账户 账上 账 还差 差 多少钱 多少 几块钱 几块 啥价 钱 几个 几箱 几盒 几张 几家 几种 几次 几卷 几 张单 单价
逾期 超期 超账期 到期 过期 临期 快过期 信用额度 信用 额度 账期 会不会 能不能 可不可以 可以 能 赊 再下 再 超 用完 多少天 天 快
订单 单子 的单子 那单子 张单子 那单 那张单 这单 那张 下的单 开的单 开单 下单 下了 下的 下 的单 单 进度 到哪步 到哪了 到哪 哪步 发货 发了没 发了 待发 要发 没发 发 什么时候 啥时候 几时 何时 什么情况 啥情况 啥状态 状态 情况 审了没 审完没 审完 装了 装着 装 保证 审批 审核 没审 没完 未完 货 总共 一共 合计 现在 目前 当前 分别 马上
在途 在路上 路上 采购 调拨 调拨去 调拨到 到没到 到了没 到货 到没 到 那款 这款 款 那批 这批 哪批 批次 批号 批 的 了 吗 么 有 在 是 和 跟 与 都 哪些 哪些东西 哪个 哪家 哪 些 啥 什么 怎么样 怎么 如何 为什么 东西 堆了些 堆了 堆
价格 价钱 批发价 阶梯价 阶梯 含税价 含税 未税 历史价 成交价 成交 卖给 卖多少 卖了多少 卖了 卖的 卖 拿 买过 买了 买 上次 上回 最近一次 最近 最后一次 上一次 整箱 零卖 一双 一个 一支 标准价 客户价 协议价 最低价 底价 老价格 价
毛利率 毛利 成本价 成本 利润率 利润 空间 几个点 挣 赚 亏着 亏 
物流 单号 快递 签收 运单 车 那车 出了没 出库 出了 出 走的 走 送到 收到 要交 交货 交期 
回款 打过来 打款 到账 收了 收 明细 收款 付款 付了没 付了 付 钱到 对账单 对账 对张单 往来明细 往来 账龄 账令表 账令 账龄表 多久 
要我 待我 我批 谁那 卡在 谁 批了没 批的 特价 折扣 退货 报价单 报价 报个 报一份 报 催 催一下 催下 催款 催 提醒下 提醒 通知 告诉 叫 说下 说一下 说 赶紧 回访 业务员 业务 负责人 跟进人 跟单 销售 那个人 
漏斗 商机 阶段 跟进 联系人 联系方式 联系 电话 资料 画像 名片 地址 公海 拜访 沉默 流失 这客户 这个客户 发我 给我 给 
销售额 销量 业绩 涨了没 排名 排行榜 排行 排名 目标 任务 指标 完成率 完成 达标 达成 
记一下 记录 记下来 记 帮我记 明系 流水 出入库 入库 入了 入 进了 进 动过 没动过 少了 多了 少 
最老 最早 最新 最近 最多 最少 最好 最差 最高 最低 最 产品 商品 物料 材料 货品 品 分布 分析 表 那笔 这笔 笔 早上 晚上 上午 下午 中午 取消 订阅 订了 够 缺 建议 情况下 今后 未来 接下来 左右 目前为止 到底 究竟 一般 通常 具体 详细 详情 数据 数字 数量 数 量 记录 历史 汇总 报表 统计 对比 比较 相比 公司 老板 领导 同事 师傅 一共有 总数 总量 总额 余额 余 结余 尾款 货款 款 新的 金额 刚见完 刚见 见完 见了 刚刚 刚才 刚 嫌贵 意向 不错 样品 已寄 一份 一单 来一单 来 做个 做 开个 开 补 要 想要 订 约 去 从 把 被 占用 占 别算 别 只 也 就 还 又 比 及 或 等 些 款 种 类 号 码 色 色的 那种 哪种 规格 颜色 尺码 各个码 断码 加大 个 支 盒 箱 台 把 条 卷 袋 件 套 双 瓶 桶 吨 家 张 份 套 批 名 位 次 点 查 看 问 知道 想 帮 下面 列一下 列表 列出 列 清单 一览 有关 关于 大概 多 吧 呢 呀 啊 哈 嘛 哦 噢 哟 嗯 诶 喂 好 行 对 先 后来 然后 另外 顺便 这 那 其 此 该 每 全部 所有 仓库里 仓库 仓里 仓 

承兑 现金 微信 支付宝 汇票 转账 excel pdf 表格 电子版 一早 一大早 大清早 清早 往上 朝上 开外 签字 签的字 签的 字 超额 缺口 没清 清掉 票 那票 同价 各买 排一下 多的排 排前面 排 会过期 会到期 收进来 进来 走 老客户 过单 下过单 没下过单 下过 两天 今明 数量多 数量多的
基本情况 基本 低过 低过了 补货点 预警线 拉出来 拉出 列出来 调出来 找出来 指标 长度 厚度 直径 粗细 计划 安排 准备 打算 上一次 上一单 上一张 前几天 前些天 这两天 几天 汇报 汇总 名下的 归谁 归谁管 谁管 标价 价位 公斤 分段 结构 占比 趋势 走没 走没走 次数 几次 多少次 单价是 高的 低的 多的 少的 大的 小的
部门 团队 整体 整个 整月 总体 全公司 我司 本公司 大家 别人 处理 没处理 待批 待审 待 边 我这边 那边 手上 手里 手头 名下 负责 管 对接 目前 眼下 此刻 截至 截止 到现在 至今 累计 共 总 全 各自 各家 每个 每家 任何 其他 其它 另外 剩的 剩多 剩余的 余货 余量 存量 存货 结存 台账 尾款 余款 货款 付清 还清 清了没 清了吗 清了 结了没 结了 付完 付讫 付全 授信 信誉 生意 做了 业务量 营收 收入 进账 入账 到帐 帐 账目 帐目 往来 对一下账 对下账 对账表 对个账 对单 账期 结算 付款方式 付款条件 方式 条件 改成 改为 修改 调成 调到 调整 设置 设成 
型号 尺寸 款式 花色 种类 型 尺 品种 牌子 品牌 厂家 产地 质量 保质期 有效期 生产日期 生产 日期 时间 时候 小时 分钟 马上就 立刻 立马 赶快 尽快 急 急用 急要 着急 加急 快点 麻溜 顺手 一眼 瞅瞅 瞅一眼 瞧瞧 瞄一眼 看一眼 瞄 瞅 讲 讲下 讲一下 说说 聊 报下 报一下 发下 发一下 发来 发过来 给个数 给个 给下 来个 来份 搞 弄 整 整个 做做 办 办理 走 走几天了 走了 走到 
能不能发 发得出来 发得出 发不发得出 发不出 供得上 供不上 供货 接得住 接得了 接 接单 单子 凑齐 凑够 凑 凑得齐 凑得出 这么多 那么多 多大 多长 多高 多重 多远 足 足够 富余 宽裕 紧张 充足 备货 备 备好 备齐 配货 拣货 装车 派车 送货 送达 送到 送 到达 抵达 到位 卸货 收货 验收 入仓 入库单 出库单 出货 出货量 发货单 发货量 发出去 发出 发走 发完 发齐 没发完 没发齐 待出库 
采购的 订的 补的 进的 买的 卖的 拿的 要的 退的 欠的 收的 付的 发的 到的 来的 去的 做的 批的 审的 新到 刚到 才到 又到 回来 没回来 回 回来的 还没 还没有 还不 没怎么 怎么还 怎么还没 为啥 为何 咋 咋样 咋还 咋回事 怎么回事 怎么了 咋卖 怎样 哪样 哪里 哪儿 哪天 哪年 哪月 几号 几点 几天 几时 几月 几年 几笔 几票 几单 多会 多久了 多长时间 好久 很久 长时间 一直 经常 常 常买 平时 平常 总是 老是 老 又 再 再要 再拿 再补 再看 再查 再问 
今天的 昨天的 明天的 上周的 本周的 这周的 这几天 前几天 前段时间 这阵子 近期 近来 最近的 月初 月中 月底 月末 年初 年中 年底 年末 季度 季 上旬 中旬 下旬 周末 星期 礼拜 今早 今晚 昨晚 刚 才 先生 老板问 老板 客户问 客户要 客户说 客户催 客户那边 客户 人家 对方 那头 兄弟 哥 姐 哥们 亲 老师 帅哥 美女 小助手 助手 机器人 一单 
盘点 盘一下 盘下 盘 核对 核实 确认 确认下 确认一下 检查 复核 统计下 汇总下 汇报 算下 算一下 算 估 估计 预计 大约 大致 差不多 约 左右的 上下 起 起码 至少 最少 最多 不超过 不低于 不少于 多于 少于 低于 高于 超过 大于 小于 等于 介于 
仓里的 仓库的 库里 库房 库 里面 里边 外面 上面 那里 这里 那儿 这儿 当中 其中 里头 单里 安全 安全线 应付 结构 构成 组成 小李这边 一声 电动 呆滞 呆滞料 呆料 已经 已 一步 哪一步 延期 供应商 一样 翻倍 见面 冠军 单里 sets set 堆着 放着 存着 摆着 摆 放 存 
有没 有木有 有无 有没有这么多 有货不 有货么 有不 有啵 木有 没货 没货了 没了 没了没 没有了 缺 缺不缺 缺料 断 断货 断料 告急 见底 补货 补库 补 要补 该补 要进 该进 进货 备料 用料 耗用 消耗 周转 动销 
资料发 档案 名单 明细表 信息 基本信息 介绍 背景 等级 级别 评级 几级 规模 位置 路线 收货地址 送货地址 收件 传真 邮箱 微信 号码 手机 手机号 座机 打给 打电话 
排第几 第几 第一 第二 第三 倒数 垫底 榜单 榜 冠军 畅销 热销 好卖 滞销 爆款 卖得好 卖得 卖不动 没卖 没动 动过的 没动静 压货 积压 压 压着 压了 久 
逾期了 逾期没 拖着 拖 拖欠 拖着不付 拖着没付 该付 该付款 该给 该收 该收的 要收 要收的 收回来 收回 收得回 能收 没收 没收回来 没收回 到期日 到期的 还款 还 还钱 给钱 没给钱 没给 打钱 打了 打来 转账 转了 汇款 汇 来款 来钱 入 款子 
订单号 单据 票 发票 开票 合同 送货单 销售单 退货单 退货 换货 退 退款 报销 费用 运费 税 含税 不含税 税点 折 打折 优惠 便宜 贵 涨价 降价 调价 行情 报多少 报几 卖几 卖到 出价 底 最低 最低能 成本 进价 进货价 拿货价 采购价 毛利 
是不是 是多少 是几 是什么 是啥 是谁 为 即 就是 也就是 就这 就要 就剩 就 只剩 只有 仅 光 单 单单 另 也有 也要 也行 行不行 行不 行吗 可以不 可以吗 成不 成 中不 得不 得 的话 如果 要是 假如 万一 比如 例如 那么 所以 因为 然后呢 接着 还要 还想 还能 能否 能给 能出 能交 能供 能拿 能送 能到 能批 可否 
情况如何 情况怎么样 怎样了 走势 趋势 变化 涨 跌 增长 下降 增加 减少 对比上 同比 环比 比 较 相对 上月 
了没 了吗 了么 没呢 没啊 吗亲 哩 咧 嘞 呗 喽 啦 哇 唉 哎 欸 喔 嘿 哈哈 拜托 劳驾 辛苦 辛苦了 多谢 谢 谢了 感谢 谢啦 
扣掉 刨掉 减掉 除掉 除去 除开 留 留给 预留 新增 营业额 销售收入 付款人 金额 口径 头 得 不过 不用 不要 严重 厉害 拉走 提走 拿走 拉 提 领走 领 催货 催货了 报的话 法 上 预警 买什么 说错了 错了 不对 公里 元 块 毛 分 角 万 千 百 十 亿 两 仨 俩 半 双 只 根 米 斤 公斤 千克 克 升 毫升 打 捆 扎 板 片 块钱 元钱 人民币 rmb
`
const tradeWords = `
门口 等会 等会去 等会儿 再发一遍 发一遍 家底 排一下 先排一下 地方 哪些地方 来个信 来个消息 跑完 这会儿 带走 要货 客人 客户急 急用 急着 答应 答应了 人家 开口 顶得住 装得下 白跑 白跑一趟 的人说 说一声 讲一声 抓紧 单家 那种 那一档 那档 这速度 速度 完得成 做得完 心里没底 拿满 领料前 盘库 差了 补补课 补课 拆开 那位 回个电话 够不 还够不 还够 够不够 够吗 干净 结干净 清爽 利索 方向 各个方向 拉个表 拉表 列个表 出个表 账上 架上 数一下 数数 样 两样 三样 没到 八成 九成 七成 几成 占住 占 占着 跑 跑完 列个 列份 拉个 拉份 催催 没送完 送完 没送 没装完 装完 没出完 出完 拖款 严重 最严重 周报 累计采购 采购多少 新签 签了 签 手向 一动不动 一动 前一次 前次 前一回 明早 今早 明晚 装车 要装 主要 大清早 环节 地步 下班 上班 下班时 班时 这会儿 这会 会儿 不动 放着不动 找到 属于 名单 进展 多远 说明书 拿走 转账 网点 工地 记个 记条 写个 写条 写一条 加个 加条 拣 分拣 同期 同比 环比 变动 零售 零售价 申请 申请结果 结果 盯着 盯 盯一下 留意 转告 告知 知会 投诉 警戒线 警戒 长期 短期 承诺 程度 误期 误点 晚交 迟交 交期 期限 实物 实物数 清点 点一下 爆 爆额度 月结 现结 现付 预付 定金 贡献 带来 冷掉 冷落 走动 走访 动静 前十 前五 百分之几 百分之 几成 断 齐 不齐 齐全 效期 近效期 快效 周转 月均 日均 靠谱 银行 网银 瞅眼 看眼 瞄眼 眼 用掉 剩余 掉 掉了 目录 大全 一览 领走 领用 领了 领 已下单 一样 几样 样 哪样 见底 快见底 告急 缺 补齐 备齐 赶紧 抓紧 尽量 务必 记得 别忘 别忘了 一并 顺带 一块 一块儿 一同 同时 各是 各自 分开 单独 单列 细分 拆开 拆 打包 整单 整批 散 散件 零头 尾数 尾 头尾 头一 头一个 头几个 前几 前几名 前三 前两 末位 倒数几 多出来 少掉 缩水 盈亏 盘亏 盘盈 报损 损耗 破损 坏 坏了 次品 不良 残次 样 试 试用 试样 打样 样机 赠送 赠品 搭 搭配 配套 配件 组合 套餐 一整 半 半箱 整 整盒 到底 究竟 真的 真 是否 可否 能否 难道 莫非 要不 要不要 用不用 需不需要 该不该 应不应该 会不 能不 行不 好不好 对不对 知不知道 晓得 清楚 明白 弄清 搞清 查清 核查 排查 追 追踪 跟踪 跟催 跟一下 问问 问一下 打听 了解 了解下 了解一下 汇总表 台账 总账 流水账 明细账 细账 旧账 老账 坏账 呆账 烂账 死账 陈账 欠条 欠单 白条 挂 挂着 挂了 挂帐 垫 垫款 垫付 押 押金 保证金 质保金 订金 首付 分期 分批 分几次 几次付 结清 结算 月底结 压 压款 压货 铺货 铺底 老客 新客 大户 散户 熟客 客商 商家 仓管 库管 仓管员 保管员 司机 师傅 财务 会计 出纳 采购员 采购部 销售部 业务部 仓储部 财务部 
`
const joiningWords = `
自己 我自己 自个 本组 本部门 我组 让 照着 照 按着 依着 原样 照原样 一段 一大 一大类 一档 一栏 一格 一排 一堆 一摊 停住 停住了 停 对口 对口业务 摊开 摊 展开 掰开 理一下 捋一下 归拢 归类 凡是 凡 统统 通通 全都 依次 逐个 逐一 头一回 头回 剩下几天 到日子 日子 要到日子 这块 那块 这一块 那一块 这一摊 表面 左右 断货了 断了货 会计 出纳 老板娘 采购经理 不打算 打算 惦记 点头 点了头 松口 拍板 露面 搭理 搭话 理会 招呼 问候 来往 往来 碰面 走动 断了联系 交上去 报上去 递上去 推给 推 撤掉 撤 撤了 撤回
`
const english = `
he she him fewest smallest ascending descending inbox urgent urgently spread grid laid category categories older newer charge charged usually profitable talked spoken heard hey got pk returns ve reserve reserved pull wise vs bottom since whoever looks sitting area sign signed already bring break down age doing arrive ship deliver colour color size item which lot go first goes kind what does who owe pay sell buy order invoice quote remind margin profit cost reach hit track due fall expire hold hand handle receive collect transfer give take need want require request ask answer check verify confirm compare against versus than same way level point reorder restock supply vendor supplier client account statement balance overdue late unpaid paid open closed done finished complete unfinished incomplete waiting pending approve reject sign decide about over under more less most least high low big small best worst good bad top bottom rank list show tell find look search print send me us them him her it this that those these here there now today tonight week month quarter year ago since until before after during between through
how many how much do we have does do did have has had in stock stock warehouse wh left any anything for owes owe us we our receivables receivable outstanding overdue credit balance orders order status where's where is are was were what's what whats which who whom when there incoming inbound on the way and or of by at to from with the a an this that these those still right now please my mine me i show list give tell check get see pieces piece pcs pc units unit boxes box cartons pairs rolls price prices tier list last time pay paid cost gross margin shipped yet ship due coming statement ageing aging collections collection received today's waiting approval approvals approve pending holding discount request pipeline funnel follow up should customer card profile contact sales sold rank top best products customers far target quote draft new ping owner chase payment log met wants alert when drops under below above over can promise could available size sizes colour color by lots lot batch batches hold held expiring expire expires safety slow movers movements only need it its them his her their everything thing all some still been be will would until before after within days day week month year out payments payment money cash came come coming goods deliver deliveries delivered delivery ship ships shipping shipment sell selling sells revenue turnover supply send sent sending fill enough quantity qty number amount total balance statement unpaid owing owed debt invoice invoices bill bills paying pays buy buys bought buying purchase purchases customer client clients supplier suppliers vendor who's when's how's that's don't doesn't didn't haven't hasn't isn't aren't can't won't let know tell me's us some more much too also just about around per each every no not none yes ok okay hey dear sir bro pls plz thx kindly want need needs like make create place place new do be go going went gone kg arriving am you your hows how's samples sample am moved moving move stuff things ones one two three item items product goods sku skus line lines list lists report reports summary summaries detail details history record records current currently latest recent recently yesterday's tomorrow monday tuesday wednesday thursday friday saturday sunday weekend morning afternoon evening night quarter half past next previous prior since till by end beginning start expected expect running run low short level levels safety point points reorder restock replenish dead slow moving movement in-stock on-hand hand ready free reserved remaining left over leftover late later early soon urgent quickly fast asap person people team rep reps seller sellers manager company business biggest largest best worst most least highest lowest top bottom first second third phone number address email contact detail owner handles handling responsible looks after approve approved approving approver sign signed reject rejected waiting holding held stuck pending status progress update give gave given made fall falls track movement nothing months limit under point dead another anybody anyone someone somebody as attention back because become both bring call close count cost costs current day's deal deals deep did different does doing either else enough even ever everybody exact exactly far few find following full further gets getting got great group had happen happened help here high if important into its itself keep kind last latest leave leaves less likely little long look looks lot lots made main make makes making many matter mean means might mind month's most must near needed never nothing number numbers off often old once open or other others out over own part pay people percent period plan please possible put quite rather read real really result results right run said same say see seem set several shall short side since single sit sits sort sorted start started still such sum sure take taken takes than them then they thing think though through till together told took totals toward try turn two type up upon use used using value very view want was way ways well went were whether while whole whose why with without word work works would year's yes yours amount's desk attention mine ours by-size sum-up biggest highest lowest largest smallest newest oldest worth money's ins outs out's quick check checks quickly tons gimme wanna need's there's
`
/** What asks in English asks in all its forms: arrive, arrives, arrived, arriving. */
const inflected = (word: string): string[] =>
  /^[a-z]{3,}$/.test(word) ? [word, `${word}s`, `${word.replace(/e$/, '')}ed`, `${word.replace(/e$/, '')}ing`] : [word]
const list = [
  ...`${chinese} ${tradeWords} ${joiningWords}`.split(/\s+/),
  ...everydayWords,
  ...english.split(/\s+/).flatMap(inflected),
].filter(Boolean)
// 单 is as often 单子.
const known = new Set(list.flatMap((word) => (word.endsWith('单') ? [word, `${word}子`] : [word])))
const longest = Math.max(...list.map((word) => word.length + 1))

const isLatin = (sign: string | undefined): boolean => sign !== undefined && /[a-z\d]/.test(sign)

/** 看一看, 一段一段, 吃不吃, 吃得下: what words are made of in the same way, whichever they are. */
const madeUp =
  /(\p{Script=Han})[一1不没]\1|[一1](\p{Script=Han})[一1]\2|[付打回给还买卖拿订进出发送]过(?:钱|款|账|货|单)?|\p{Script=Han}[得不](?:下|了|起|住|动|完|到|过|上|来|去|出|齐|够|掉|开|着|成|清|回)/uy

/** How long the asking word is that begins here; 0 where none does. */
export function cueWordAt(text: string, at: number): number {
  madeUp.lastIndex = at
  return Math.max(listedAt(text, at), madeUp.exec(text)?.[0].length ?? 0)
}

function listedAt(text: string, at: number): number {
  for (let length = Math.min(longest, text.length - at); length > 0; length--) {
    const word = text.slice(at, at + length)
    if (!known.has(word)) continue
    const isCut = isLatin(word.at(-1)) && (isLatin(text[at + length]) || isLatin(text[at - 1]))
    if (!isCut) return length
  }
  return 0
}

/**
 * A name that no asking word of more than one character breaks, where every word of it could be one that asks: 从无此家. Something in it must be
 * strange, else it is only asking.
 */
export function strangeName(text: string): string {
  let stretch = ''
  const stretches: string[] = []
  for (let i = 0; i < text.length;) {
    const length = cueWordAt(text, i)
    const isPart = /\p{Script=Han}/u.test(text[i] ?? '') && length <= 1
    if (isPart) stretch += text[i]
    else {
      stretches.push(stretch)
      stretch = ''
    }
    i += Math.max(length, 1)
  }
  const isStrange = (one: string): boolean => one.length >= strangeMin && [...one].some((sign) => !known.has(sign))
  return [...stretches, stretch].find(isStrange) ?? ''
}
const strangeMin = 3

/** A name that was not found, as it was written: 白鹭货栈, although 货 asks elsewhere; without the asking words at its end. */
export function wholeName(named: string, strange: string): string {
  if (named === '') return strange
  if (!strange.startsWith(named)) return named
  let end = strange.length
  while (end > named.length && known.has(strange[end - 1] ?? '')) end--
  return strange.slice(0, end)
}
