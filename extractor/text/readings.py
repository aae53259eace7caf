"""The characters that document-sharing sites annotate, with the reading they write: ``發`` becomes ``發(fā)``.

``HEAVY`` was read off a heavily annotated report, ``LIGHT`` off lightly annotated ones. ``MORE`` are further
traditional characters with their readings, so that a break made by a character outside both lists can be undone.
"""

from __future__ import annotations

import functools

_HEAVY = """
數shù 區qū 發fā 實shí 務wù 級jí 經jīng 設shè 農nóng 動dòng 對duì 開kāi 濟jì 會huì 導dǎo 災zāi 產chǎn 關guān 結jié
現xiàn 質zhì 進jìn 領lǐng 萬wàn 長zhǎng 個gè 來lái 強qiáng 識shí 門mén 場chǎng 業yè 認rèn 責zé 財cái 點diǎn 學xué
規guī 訓xùn 號hào 見jiàn 構gòu 護hù 鎮zhèn 項xiàng 過guò 穩wěn 據jù 專zhuān 達dá 嚴yán 鄉xiāng 標biāo 統tǒng 礎chǔ
費fèi 營yíng 調diào 應yīng 錢qián 創chuàng 續xù 問wèn 負fù 機jī 內nèi 復fù 堅jiān 節jié 補bǔ 風fēng 時shí 權quán
轉zhuǎn 勵lì 養yǎng 賣mài 團tuán 習xí 爭zhēng 當dāng 優yōu 隊duì 遠yuǎn 網wǎng 勢shì 監jiān 聯lián 冊cè 側cè 險xiǎn
"""
_LIGHT = "發領導鄉農內關續結業設開級長點聯險負冊側"
_MORE = """
準zhǔn 報bào 圖tú 處chǔ 單dān 單dàn 歷lì 術shù 論lùn 測cè 廁cè 廈shà 員yuán 縣xiàn 較jiào 貧pín 況kuàng 總zǒng
將jiāng 為wéi 為wèi 組zǔ 親qīn 體tǐ 層céng 確què 職zhí 異yì 遷qiān 織zhī 積jī 極jí 資zī 斷duàn 響xiǎng 線xiàn 帶dài
鏈liàn 頻pín 澇lào 蹤zōng 傷shāng 損sǔn 毀huǐ 間jiān 億yì 給gěi 眾zhòng 減jiǎn 輕qīng 維wéi 脫tuō 籌chóu 戶hù 則zé
劃huà 證zhèng 電diàn 約yuē 莊zhuāng 還hái 額é 兩liǎng 種zhǒng 樣yàng 選xuǎn 擇zé 幫bāng 條tiáo 慮lǜ 際jì 與yǔ
勞láo 輸shū 針zhēn 銜xián 離lí 掙zhèng 視shì 黨dǎng 擺bǎi 議yì 廣guǎng 嶺lǐng 鋒fēng 踐jiàn 觀guān 蓋gài 壯zhuàng
顯xiǎn 鮮xiān 別bié 舊jiù 難nán 債zhài 題tí 適shì 辦bàn 償cháng 鞏gǒng 稅shuì 謀móu 絕jué 邁mài 諧xié 傳chuán 陣zhèn
換huàn 屆jiè 舉jǔ 艱jiān 繼jì 盡jìn 國guó 東dōng 車chē 馬mǎ 話huà 語yǔ 說shuō 讀dú 課kè 談tán 請qǐng 誰shuí 該gāi
詳xiáng 試shì 評píng 詞cí 訪fǎng 訂dìng 計jì 記jì 許xǔ 訴sù 診zhěn 詢xún 誠chéng 誤wù 諾nuò 謝xiè 譽yù 變biàn 讓ràng
貨huò 販fàn 貪tān 貫guàn 貴guì 貸dài 貿mào 賀hè 賃lìn 賓bīn 賞shǎng 賠péi 賢xián 賬zhàng 賴lài 購gòu 贈zèng 趕gǎn
趙zhào 躍yuè 軍jūn 軌guǐ 軟ruǎn 載zài 輔fǔ 輛liàng 輪lún 輯jí 辭cí 邊biān 迴huí 連lián 週zhōu 運yùn 違wéi 遞dì 遲chí
遺yí 鄰lín 鄭zhèng 醫yī 釋shì 鈔chāo 鉤gōu 銀yín 銷xiāo 鋪pù 鋼gāng 錄lù 錯cuò 鍛duàn 鎖suǒ 鏡jìng 鐵tiě 鑒jiàn 閉bì
閒xián 閘zhá 閱yuè 闊kuò 陳chén 陸lù 陰yīn 陽yáng 隨suí 隱yǐn 雖suī 雙shuāng 雜zá 雞jī 雲yún 霧wù 靈líng 靜jìng 頁yè
頂dǐng 須xū 預yù 頒bān 頓dùn 頗pō 頭tóu 顆kē 願yuàn 類lèi 顧gù 飛fēi 飯fàn 飲yǐn 飾shì 館guǎn 駐zhù 驅qū 驗yàn
驚jīng 魚yú 鳥niǎo 鹽yán 麥mài 麗lì 齊qí 齒chǐ 龍lóng 亂luàn 亞yà 倉cāng 倫lún 偉wěi 備bèi 傾qīng 僅jǐn 價jià 儀yí
儲chǔ 兒ér 凍dòng 剛gāng 剝bō 劑jì 劍jiàn 勁jìn 勝shèng 勛xūn 匯huì 協xié 卻què 參cān 啟qǐ 喪sàng 喬qiáo 圍wéi
園yuán 圓yuán 執zhí 塊kuài 塵chén 墊diàn 壓yā 壞huài 壘lěi 奪duó 奮fèn 婦fù 孫sūn 寧níng 寫xiě 寬kuān 寶bǎo 尋xún
導dǎo 屬shǔ 岡gāng 島dǎo 師shī 帳zhàng 幣bì 幾jǐ 庫kù 廠chǎng 廢fèi 廳tīng 張zhāng 彈dàn 彌mí 徑jìng 從cóng 徹chè
恆héng 惡è 惠huì 愛ài 態tài 慣guàn 慶qìng 憂yōu 憑píng 憲xiàn 懷huái 懸xuán 戰zhàn 戲xì 掃sǎo 掛guà 採cǎi 揚yáng
揮huī 搶qiǎng 撥bō 撫fǔ 據jù 擁yōng 擊jī 擋dǎng 擔dān 擠jǐ 擬nǐ 擴kuò 攔lán 攜xié 攝shè 攤tān 敗bài 敵dí 斂liǎn 於yú
旱hàn 曆lì 曉xiǎo 書shū 棄qì 棟dòng 楊yáng 榮róng 構gòu 槍qiāng 樂lè 樓lóu 樞shū 橋qiáo 檔dàng 檢jiǎn 欄lán 欠qiàn
款kuǎn 歡huān 歐ōu 歲suì 歸guī 殘cán 殺shā 氣qì 決jué 沒méi 洩xiè 涼liáng 淚lèi 淨jìng 淺qiǎn 渦wō 溝gōu 溫wēn 滅miè
滯zhì 滲shèn 滿mǎn 漁yú 漢hàn 漲zhǎng 漸jiàn 潔jié 潛qián 澤zé 濕shī 濱bīn 瀉xiè 灣wān 無wú 煙yān 煩fán 熱rè 燈dēng
燒shāo 爐lú 爾ěr 牆qiáng 狀zhuàng 獎jiǎng 獨dú 獲huò 獻xiàn 環huán 畝mǔ 畢bì 畫huà 當dāng 療liáo 發fà 盜dào 盤pán
盧lú 睏kùn 矚zhǔ 碼mǎ 磚zhuān 礦kuàng 禮lǐ 禍huò 稱chēng 穀gǔ 窮qióng 竊qiè 競jìng 筆bǐ 筍sǔn 範fàn 築zhù 簡jiǎn
簽qiān 糧liáng 糾jiū 紀jì 純chún 紙zhǐ 紛fēn 細xì 終zhōng 絡luò 絲sī 綁bǎng 經jīng 綜zōng 綠lǜ 綱gāng 緊jǐn 緒xù
緣yuán 編biān 緩huǎn 縮suō 縱zòng 繁fán 繞rào 繪huì 罰fá 罷bà 羅luó 義yì 聖shèng 聞wén 聲shēng 聽tīng 肅sù 脈mài
腦nǎo 膽dǎn 臨lín 臺tái 興xīng 興xìng 艦jiàn 艙cāng 葉yè 蒼cāng 蓮lián 薦jiàn 藍lán 藝yì 藥yào 蘇sū 蘭lán 虛xū
蟲chóng 衛wèi 衝chōng 裝zhuāng 裡lǐ 製zhì 襲xí 覺jué 覽lǎn 觸chù 託tuō 設shè 詐zhà 長cháng 調tiáo 強qiǎng 應yìng
當dàng 創chuāng 轉zhuàn 處chù 間jiàn 數shǔ 重zhòng 傳zhuàn 漲zhàng 藏zàng
"""


def _pairs(table: str) -> list[tuple[str, str]]:
    return [(entry[0], entry[1:]) for entry in table.split()]


HEAVY: dict[str, str] = dict(_pairs(_HEAVY))
"""Character -> reading, as densely as any site annotates."""
LIGHT: dict[str, str] = {char: HEAVY[char] for char in _LIGHT}
"""Character -> reading, as the lightest do."""


@functools.cache
def by_reading() -> dict[str, list[str]]:
    """Reading -> the characters that are annotated with it, those seen in real reports first."""
    table: dict[str, list[str]] = {}
    for char, reading in [*HEAVY.items(), *_pairs(_MORE)]:
        chars = table.setdefault(reading, [])
        if char not in chars:
            chars.append(char)
    return table
