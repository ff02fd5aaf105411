"""The words that frame a question and say nothing of what it is about: どの条項、教えて, which clause, should we."""

_JAPANESE_AND_ENGLISH = """
条項 条文 条 規定 根拠 該当 箇所 記載 記述 教える 知る 何 何処 どこ どれ 何れ 何時 誰 何故 幾ら 幾つ どう
如何 探す 書く 載る 触れる 有無 質問 場合 必要 義務 決まり 定める 定め 為さる 下さる 頂く 貰う 良い 可能
思う 考える 当社 我が社 弊社 自社 内容 具体 具体的 一覧 列挙 全部 全て 関連 意味 定義 説明 詳しい 資料
使う 例 事例 話 比較 違う 違い 整理 研修 紹介 事案 案件 今 程度 仕方 方 無い ない 見る 言う 要る 居る 置く
聞く 挙げる 示す 時 側 行く 無し 来る そう 欲しい 遣る 呉れる 未だ 訳 もう ママ みたい 積り ジ ケース 其々 どんな
実際 きちんと ちゃんと 矢張り 一体 結局 部分
clause requirement require provision guideline rule does do did is are was how what which when who
where why the a an of in to
for on and or must under be by it its they their there that this with from have has enough 行ける いける
should shall would could can may might will need we our us you your he she his her i my me who whom whose than then
so as at if into about between any some all each every no not only just also too yes please explain show
been being were am get got give given make made let us s t re ll ve
"""
FRAME = frozenset(_JAPANESE_AND_ENGLISH.split())
"""In dictionary form, as the tokenizer gives them."""
