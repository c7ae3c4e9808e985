#include "app/demonames.h"

#include <array>

namespace affinity::app {

namespace {

/// A name in characters, and as it is spelled in a username.
struct Spelled {
    const char16_t* characters;
    const char16_t* letters;
};

constexpr std::array chineseSurnames{
    Spelled{u"王", u"wang"},  Spelled{u"李", u"li"},    Spelled{u"张", u"zhang"}, Spelled{u"刘", u"liu"},
    Spelled{u"陈", u"chen"},  Spelled{u"杨", u"yang"},  Spelled{u"黄", u"huang"}, Spelled{u"赵", u"zhao"},
    Spelled{u"吴", u"wu"},    Spelled{u"周", u"zhou"},  Spelled{u"徐", u"xu"},    Spelled{u"孙", u"sun"},
    Spelled{u"马", u"ma"},    Spelled{u"朱", u"zhu"},   Spelled{u"胡", u"hu"},    Spelled{u"郭", u"guo"},
    Spelled{u"何", u"he"},    Spelled{u"林", u"lin"},   Spelled{u"高", u"gao"},   Spelled{u"罗", u"luo"},
    Spelled{u"郑", u"zheng"}, Spelled{u"梁", u"liang"}, Spelled{u"谢", u"xie"},   Spelled{u"宋", u"song"},
    Spelled{u"唐", u"tang"},  Spelled{u"许", u"xu"},    Spelled{u"韩", u"han"},   Spelled{u"冯", u"feng"},
    Spelled{u"邓", u"deng"},  Spelled{u"曹", u"cao"},   Spelled{u"彭", u"peng"},  Spelled{u"欧阳", u"ouyang"}};

constexpr std::array chineseGivenNames{
    Spelled{u"悦", u"yue"},        Spelled{u"敏", u"min"},        Spelled{u"静", u"jing"},
    Spelled{u"磊", u"lei"},        Spelled{u"伟", u"wei"},        Spelled{u"雪", u"xue"},
    Spelled{u"浩", u"hao"},        Spelled{u"瑞", u"rui"},        Spelled{u"晓明", u"xiaoming"},
    Spelled{u"雨桐", u"yutong"},   Spelled{u"子涵", u"zihan"},    Spelled{u"欣怡", u"xinyi"},
    Spelled{u"浩然", u"haoran"},   Spelled{u"梓萱", u"zixuan"},   Spelled{u"一诺", u"yinuo"},
    Spelled{u"思远", u"siyuan"},   Spelled{u"佳琪", u"jiaqi"},    Spelled{u"若曦", u"ruoxi"},
    Spelled{u"俊杰", u"junjie"},   Spelled{u"小雨", u"xiaoyu"},   Spelled{u"天宇", u"tianyu"},
    Spelled{u"婷婷", u"tingting"}, Spelled{u"志强", u"zhiqiang"}, Spelled{u"晨曦", u"chenxi"},
    Spelled{u"宇轩", u"yuxuan"},   Spelled{u"诗涵", u"shihan"},   Spelled{u"文博", u"wenbo"},
    Spelled{u"海燕", u"haiyan"},   Spelled{u"秀英", u"xiuying"},  Spelled{u"梦琪", u"mengqi"},
    Spelled{u"嘉怡", u"jiayi"},    Spelled{u"明轩", u"mingxuan"}, Spelled{u"可欣", u"kexin"},
    Spelled{u"建华", u"jianhua"},  Spelled{u"语嫣", u"yuyan"},    Spelled{u"子墨", u"zimo"},
    Spelled{u"心怡", u"xinyi"},    Spelled{u"国栋", u"guodong"},  Spelled{u"春梅", u"chunmei"},
    Spelled{u"宇航", u"yuhang"}};

constexpr std::array englishGivenNames{
    u"Alice", u"Ben",   u"Carol", u"Dylan",  u"Emma",   u"Frank",  u"Grace", u"Henry", u"Ivy",   u"Jack",
    u"Kate",  u"Liam",  u"Mia",   u"Noah",   u"Olivia", u"Paul",   u"Quinn", u"Ruby",  u"Sam",   u"Tina",
    u"Uma",   u"Vera",  u"Will",  u"Xavier", u"Yara",   u"Zoe",    u"Amir",  u"Bella", u"Chloe", u"Diego",
    u"Elena", u"Felix", u"Hana",  u"Isaac",  u"Julia",  u"Kenji",  u"Leila", u"Marco", u"Nina",  u"Oscar",
    u"Priya", u"Rosa",  u"Sofia", u"Theo",   u"Ursula", u"Victor", u"Wendy", u"Yuki"};

constexpr std::array englishSurnames{u"Adams",  u"Baker",   u"Carter", u"Davies",  u"Evans",  u"Fisher", u"Garcia",
                                     u"Hughes", u"Ibrahim", u"Jones",  u"Kim",     u"Lewis",  u"Miller", u"Nguyen",
                                     u"Owens",  u"Patel",   u"Reed",   u"Silva",   u"Taylor", u"Turner", u"Underwood",
                                     u"Vance",  u"Walker",  u"Young",  u"Ziegler", u"Brown",  u"Costa",  u"Dubois",
                                     u"Fox",    u"Hall",    u"Keller", u"Moreau"};

constexpr std::array chineseNicknames{u"团子", u"年糕", u"布丁", u"奶茶", u"汤圆", u"芝麻", u"花卷", u"糯米",
                                      u"可乐", u"雪糕", u"奶糖", u"星星", u"月饼", u"豆包", u"栗子", u"桃子",
                                      u"柚子", u"毛球", u"云朵", u"泡芙", u"麻薯", u"橘子", u"馒头", u"丸子",
                                      u"西米", u"曲奇", u"旺财", u"来福", u"小满", u"元宝", u"多多", u"乐乐"};
constexpr std::array chineseFirstParts{u"小", u"阿", u"大", u"老", u"胖"};
constexpr std::array chineseSecondParts{u"白", u"黑", u"福", u"宝", u"豆", u"米", u"糖", u"熊", u"鱼", u"花",
                                        u"星", u"月", u"雨", u"云", u"虎", u"兔", u"圆", u"乖", u"萌", u"灰"};

constexpr std::array englishNicknames{u"Mochi",  u"Biscuit", u"Pixel",  u"Luna",   u"Pebble",  u"Sunny",   u"Cocoa",
                                      u"Maple",  u"Bean",    u"Waffle", u"Pip",    u"Noodle",  u"Ziggy",   u"Pumpkin",
                                      u"Clover", u"Gizmo",   u"Tofu",   u"Echo",   u"Button",  u"Marble",  u"Peanut",
                                      u"Comet",  u"Olive",   u"Rusty",  u"Nimbus", u"Pickles", u"Sprout",  u"Taco",
                                      u"Widget", u"Bubbles", u"Ginger", u"Scout",  u"Pepper",  u"Dumpling"};
constexpr std::array englishTitles{u"Little", u"Captain", u"Miss", u"Mister", u"Old", u"Sir", u"Baby", u"Doctor"};
constexpr std::array firstSyllables{u"Mo", u"Lu", u"Ki", u"Pi", u"Bo", u"Ni", u"To", u"Su", u"Ha", u"Ri", u"Yu", u"Fe"};
constexpr std::array secondSyllables{u"chi", u"na", u"ki", u"ko", u"mo", u"bu",
                                     u"lo",  u"fy", u"ka", u"ra", u"zu", u"mi"};

template<typename Array> const auto& chosen(const Array& array, quint32 word) {
    return array[base::boundedInteger(word, static_cast<quint32>(array.size()))];
}

QString text(const char16_t* characters) {
    return QString::fromUtf16(characters);
}

/// The ways people make a username of two names.
QString username(const QString& given, const QString& surname, quint32 word) {
    switch (base::boundedInteger(word, 4)) {
    case 0:
        return surname + QLatin1Char('.') + given;
    case 1:
        return given + QLatin1Char('_') + surname;
    case 2:
        return given + surname;
    default:
        return given + QLatin1Char('.') + surname;
    }
}

QString chineseNickname(const NameWords& words) {
    switch (base::boundedInteger(words[1], 4)) {
    case 0:
        return text(chosen(chineseFirstParts, words[2])) + text(chosen(chineseSecondParts, words[3]));
    case 1:
        return text(chosen(chineseSecondParts, words[2])).repeated(2);
    default:
        return text(chosen(chineseNicknames, words[2]));
    }
}

QString englishNickname(const NameWords& words) {
    switch (base::boundedInteger(words[1], 4)) {
    case 0:
        return text(chosen(englishTitles, words[2])) + QLatin1Char(' ') + text(chosen(englishNicknames, words[3]));
    case 1:
        return text(chosen(firstSyllables, words[2])) + text(chosen(secondSyllables, words[3]));
    default:
        return text(chosen(englishNicknames, words[2]));
    }
}

} // namespace

DemoPerson demoPerson(const NameWords& words) {
    constexpr quint32 chineseOfTen = 6;
    DemoPerson person;
    person.isChinese = base::boundedInteger(words[0], 10) < chineseOfTen;
    if (person.isChinese) {
        const Spelled& surname = chosen(chineseSurnames, words[1]);
        const Spelled& given = chosen(chineseGivenNames, words[2]);
        person.nickname = text(surname.characters) + text(given.characters);
        person.username = username(text(given.letters), text(surname.letters), words[3]);
        return person;
    }
    const QString surname = text(chosen(englishSurnames, words[1]));
    const QString given = text(chosen(englishGivenNames, words[2]));
    person.nickname = given + QLatin1Char(' ') + surname;
    person.username = username(given.toLower(), surname.toLower(), words[3]);
    return person;
}

QString demoNickname(const NameWords& words, bool isChinese) {
    const quint32 chineseOfTen = isChinese ? 8 : 1;
    return base::boundedInteger(words[0], 10) < chineseOfTen ? chineseNickname(words) : englishNickname(words);
}

} // namespace affinity::app
