//! Words of scripts without blanks, and of other compositions and widths, in a made-up corpus.

use offprint::domain::{Corpus, Draft, PaperId, SegmentBuilder};
use unicode_normalization::UnicodeNormalization as _;

use super::engines::Question;
use super::recalled::Mistaken;

/// Words of a language, and the title and abstract that papers about them have. `{}` is the number
/// of the paper in the title and its word in the abstract, inside a clause.
struct Language {
    row: &'static str,
    title: &'static str,
    abstract_text: &'static str,
    words: [&'static str; 20],
}

const LANGUAGES: [Language; 3] = [
    Language {
        row: "Chinese word inside a clause of an abstract",
        title: "新方法的研究 {}",
        abstract_text: "本文提出一种基于{}的新方法，实验结果表明其性能优于现有方法。",
        words: [
            "强化学习", "知识蒸馏", "语音识别", "图像分割", "机器翻译", "情感分析", "目标检测",
            "联邦学习", "推荐系统", "异常检测", "文本摘要", "人脸识别", "量子计算", "蛋白质折叠",
            "自动驾驶", "时间序列", "因果推断", "医学影像", "气候模型", "软件测试",
        ],
    },
    Language {
        row: "Japanese word inside a clause of an abstract",
        title: "新しい手法の提案 {}",
        abstract_text: "本稿では深い{}を用いた新しい手法を提案し、その有効性を実験により示す。",
        words: [
            "強化学習", "音声合成", "機械翻訳", "画像認識", "質問応答", "形態素解析", "感情分析",
            "異常検知", "自動運転", "量子計算機", "遺伝子解析", "気象予測", "医用画像", "因果推論",
            "対話生成", "文書要約", "物体検出", "知識獲得", "言語モデル", "統計力学",
        ],
    },
    Language {
        row: "Thai word inside a clause of an abstract",
        title: "วิธีการใหม่ {}",
        abstract_text: "งานวิจัยนี้นำเสนอวิธีการสำหรับ{}โดยใช้ข้อมูลจริงจากหลายแหล่ง",
        words: [
            "การเรียนรู้เชิงลึก",
            "การแปลภาษา",
            "การรู้จำเสียง",
            "โครงข่ายประสาท",
            "การประมวลผลภาพ",
            "ระบบแนะนำ",
            "การวิเคราะห์ความรู้สึก",
            "ยานยนต์ไร้คนขับ",
            "การตรวจจับวัตถุ",
            "การพยากรณ์อากาศ",
            "ควอนตัม",
            "พันธุกรรม",
            "แผ่นดินไหว",
            "น้ำท่วม",
            "พลังงานแสงอาทิตย์",
            "เศรษฐกิจพอเพียง",
            "การแพทย์ทางไกล",
            "ความปลอดภัย",
            "ข้าวหอมมะลิ",
            "ภาพถ่ายดาวเทียม",
        ],
    },
];

const HANGUL: [&str; 10] = [
    "사전학습", "강화학습", "음성인식", "기계번역", "영상분할", "감정분석", "양자컴퓨팅", "단백질",
    "자율주행", "기후변화",
];

/// Words in kana of full and half width.
const KANA: [(&str, &str); 10] = [
    ("データ", "ﾃﾞｰﾀ"),
    ("ガブリエル", "ｶﾞﾌﾞﾘｴﾙ"),
    ("プログラム", "ﾌﾟﾛｸﾞﾗﾑ"),
    ("ベイズ", "ﾍﾞｲｽﾞ"),
    ("グラフ", "ｸﾞﾗﾌ"),
    ("ゲーム", "ｹﾞｰﾑ"),
    ("デバイス", "ﾃﾞﾊﾞｲｽ"),
    ("ロボット", "ﾛﾎﾞｯﾄ"),
    ("パターン", "ﾊﾟﾀｰﾝ"),
    ("ビデオ", "ﾋﾞﾃﾞｵ"),
];

/// The questions of a row about the made-up corpus.
pub(crate) struct ScriptRow {
    pub name: &'static str,
    pub questions: Vec<Question>,
}

/// Papers that each have one of the words, and rows of questions for them.
#[derive(Default)]
struct MadeUp {
    builder: SegmentBuilder,
    rows: Vec<ScriptRow>,
}

pub(crate) fn corpus_and_rows() -> (Corpus, Vec<ScriptRow>) {
    let mut made_up = MadeUp::default();
    made_up.add_languages();
    made_up.add_compositions();
    let mut corpus = Corpus::default();
    corpus.push(made_up.builder.seal());
    (corpus, made_up.rows)
}

impl MadeUp {
    fn add_languages(&mut self) {
        for language in LANGUAGES {
            let mut questions = Vec::new();
            for (number, word) in language.words.iter().enumerate() {
                let meant = self.push(
                    language.title.replace("{}", &(number + 1).to_string()),
                    language.abstract_text.replace("{}", word),
                );
                let mistaken = Mistaken { typed: (*word).to_owned(), correct: None };
                questions.push(Question { mistaken, meant });
            }
            self.rows.push(ScriptRow { name: language.row, questions });
        }
    }

    /// Adds titles of which every other is decomposed.
    fn add_compositions(&mut self) {
        let kana = KANA.map(|(full, _)| (full, "{}の研究"));
        let hangul = HANGUL.map(|it| (it, "{} 연구"));
        let (mut decomposed, mut composed, mut half) = (Vec::new(), Vec::new(), Vec::new());
        for (number, (word, title)) in kana.iter().chain(&hangul).enumerate() {
            let (nfc, nfd): (String, String) = (word.nfc().collect(), word.nfd().collect());
            let is_decomposed = number % 2 == 1;
            let (typed, written) = if is_decomposed { (nfc, nfd) } else { (nfd, nfc) };
            let meant = self.push(title.replace("{}", &written), String::new());
            if let Some((_, narrow)) = KANA.get(number) {
                let typed = (*narrow).to_owned();
                let correct = Some(written.clone());
                half.push(Question { mistaken: Mistaken { typed, correct }, meant });
            }
            let mistaken = Mistaken { typed, correct: Some(written) };
            let row = if is_decomposed { &mut composed } else { &mut decomposed };
            row.push(Question { mistaken, meant });
        }
        self.rows.extend([
            ScriptRow {
                name: "Hangul and kana decomposed, written composed",
                questions: decomposed,
            },
            ScriptRow { name: "Hangul and kana composed, written decomposed", questions: composed },
            ScriptRow { name: "kana of half width", questions: half },
        ]);
    }

    fn push(&mut self, title: String, abstract_text: String) -> PaperId {
        let meant = PaperId(self.builder.len() as u32);
        self.builder.push(&Draft { title, abstract_text, ..Draft::default() });
        meant
    }
}
