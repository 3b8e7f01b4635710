#include "api/pinyin.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "base/encoding.h"

namespace guanhu::api {

namespace {

// First code of each initial among the everyday characters (B0A1 to D7F9), in the order of pinyin.
struct Range {
  int first;
  char initial;
};
constexpr Range kRanges[] = {{0xB0A1, 'a'}, {0xB0C5, 'b'}, {0xB2C1, 'c'}, {0xB4EE, 'd'}, {0xB6EA, 'e'},
                             {0xB7A2, 'f'}, {0xB8C1, 'g'}, {0xB9FE, 'h'}, {0xBBF7, 'j'}, {0xBFA6, 'k'},
                             {0xC0AC, 'l'}, {0xC2E8, 'm'}, {0xC4C3, 'n'}, {0xC5B6, 'o'}, {0xC5BE, 'p'},
                             {0xC6DA, 'q'}, {0xC8BB, 'r'}, {0xC8F6, 's'}, {0xCBFA, 't'}, {0xCDDA, 'w'},
                             {0xCEF4, 'x'}, {0xD1B9, 'y'}, {0xD4D1, 'z'}};
constexpr int kLast = 0xD7F9;

struct Others {
  char initial;
  std::string_view characters;
};
// Beyond the everyday characters: given names, family names, places.
constexpr Others kOthers[] = {
    {'b', "琲邶缤贲蓓邴亳濞弼彪"},
    {'c', "琛婵岑褚晁郗骋琮漕蟾丞"},
    {'d', "黛岱玎窦邸砀骀掂嫡"},
    {'f', "芾绯昉酆邡涪汾"},
    {'g', "珙赓杲郜嵩邗崮珪圭旰"},
    {'h', "昊皓颢晗翯瀚珲璜桦骅荟泓珩蘅灏郝邯晖煌翮"},
    {'j', "珏璟婧菁婕隽珈佶霁旌炅瑾槿烨嵇郏暨郏蒋靳泾莒鄄璟暕婕"},
    {'k', "珂恺锴铠轲堃蒯阚夔邝奎岢"},
    {'l', "璐岚翎骊麟嫘璘琏蔺郦逯漯溧澧泸濂菱郴"},
    {'m', "淼旻岷珉茗沐缪闵乜汨旄嫚"},
    {'n', "楠妞聂甯嫩"},
    {'o', "瓯"},
    {'p', "芃濮邳郫逄珀"},
    {'q', "琪琦祺绮岐淇茜倩骐裘璩瞿麒覃阙邛衢岍蕲芩"},
    {'r', "睿芮瑢荏嵘"},
    {'s', "姗飒晟昇沭湜莘殳厍邵郯嵊歙濉鑅"},
    {'t', "婷霆潼滕佟郯滕曈湉"},
    {'w', "雯玟炜玮薇娓琬菀汶邬隗於鄔婺渥濰"},
    {'x', "鑫馨昕歆炘筱潇骁煊暄璇炫萱曦羲骧栩煦奚胥荀郇盱浠溆"},
    {'y', "钰昱煜瑜妤妍嫣珧怡漪熠翊奕懿轶贻瑛滢媛沅玥祎怿琰焱晏垚羿郢庾扈鄢兖弋黟郓烨彧"},
    {'z', "梓喆蓁祯芷臧峥铮钊昝訾竺郅漳翟诏涿濯"},
};

// Two readings that both occur in names of persons, banks and places.
struct Two {
  std::string_view character;
  char first, second;
};
constexpr Two kTwo[] = {{"行", 'h', 'x'}, {"长", 'c', 'z'}, {"曾", 'z', 'c'}, {"单", 's', 'd'}, {"解", 'j', 'x'},
                        {"仇", 'q', 'c'}, {"查", 'z', 'c'}, {"区", 'q', 'o'}, {"乐", 'l', 'y'}, {"盛", 's', 'c'},
                        {"重", 'z', 'c'}, {"会", 'h', 'k'}, {"朝", 'c', 'z'}, {"藏", 'c', 'z'}, {"沈", 's', 'c'},
                        {"传", 'c', 'z'}, {"调", 'd', 't'}, {"尉", 'w', 'y'}, {"厦", 'x', 's'}, {"石", 's', 'd'},
                        {"种", 'z', 'c'}, {"召", 'z', 's'}, {"朴", 'p', 'b'}, {"俞", 'y', 's'}, {"茜", 'q', 'x'},
                        {"倩", 'q', 'q'}, {"翟", 'z', 'd'}, {"柏", 'b', 'b'}, {"宿", 's', 'x'}, {"员", 'y', 'y'}};
constexpr unsigned char kUnknown = 0x01;
constexpr unsigned char kTwoBase = 0x80;

// The next character; malformed bytes count as one unknown character each.
char32_t next(std::string_view text, size_t& at) {
  auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char lead = byte(at);
  size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  if (at + more >= text.size() + (more == 0)) more = 0;
  char32_t c = more == 3 ? lead & 0x07 : more == 2 ? lead & 0x0F : more == 1 ? lead & 0x1F : lead;
  for (size_t i = 1; i <= more && at + i < text.size(); ++i) c = (c << 6) | (byte(at + i) & 0x3F);
  at += more + 1;
  return c;
}

struct Readings {
  static constexpr char32_t kFirst = 0x4E00, kEnd = 0xA000;
  std::array<unsigned char, kEnd - kFirst> code{};  // as initials_code
  std::array<uint16_t, kEnd - kFirst> order{};      // 1 and up; 0: unknown

  Readings() {
    uint16_t place = 0;
    for (int gb = kRanges[0].first; gb <= kLast; ++gb) {
      if ((gb & 0xFF) < 0xA1 || (gb & 0xFF) > 0xFE) continue;
      std::string bytes = {static_cast<char>(gb >> 8), static_cast<char>(gb & 0xFF)};
      std::string text = base::decode_gb18030(bytes).text;
      size_t at = 0;
      char32_t c = next(text, at);
      char initial = 'a';
      for (const Range& r : kRanges)
        if (gb >= r.first) initial = r.initial;
      set(c, static_cast<unsigned char>(initial), ++place);
      last_[static_cast<size_t>(initial - 'a')] = place;
    }
    for (const Others& o : kOthers)
      for (size_t at = 0; at < o.characters.size();) {
        char32_t c = next(o.characters, at);
        if (c >= kFirst && c < kEnd && code[c - kFirst] == 0)
          set(c, static_cast<unsigned char>(o.initial), last_[static_cast<size_t>(o.initial - 'a')]);
      }
    for (size_t i = 0; i < std::size(kTwo); ++i) {
      size_t at = 0;
      char32_t c = next(kTwo[i].character, at);
      code[c - kFirst] = static_cast<unsigned char>(kTwoBase + i);
    }
  }

  void set(char32_t c, unsigned char reading, uint16_t place) {
    if (c < kFirst || c >= kEnd) return;
    code[c - kFirst] = reading;
    order[c - kFirst] = place;
  }

 private:
  std::array<uint16_t, 26> last_{};
};

const Readings& readings() {
  static const Readings all;
  return all;
}

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool ascii_word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool reads(unsigned char code, char wanted) {
  if (code < kTwoBase) return code == static_cast<unsigned char>(wanted);
  const Two& two = kTwo[code - kTwoBase];
  return two.first == wanted || two.second == wanted;
}

}  // namespace

std::string initials_code(std::string_view text) {
  const Readings& r = readings();
  std::string out;
  for (size_t at = 0; at < text.size();) {
    char32_t c = next(text, at);
    unsigned char code = kUnknown;
    if (c < 0x80) code = static_cast<unsigned char>(small(static_cast<char>(c)));
    if (c >= Readings::kFirst && c < Readings::kEnd && r.code[c - Readings::kFirst])
      code = r.code[c - Readings::kFirst];
    out += static_cast<char>(code);
  }
  return out;
}

bool initials_match(std::string_view code, std::string_view q) {
  if (q.empty() || q.size() > code.size()) return q.empty();
  for (size_t from = 0; from + q.size() <= code.size(); ++from) {
    size_t i = 0;
    while (i < q.size() && reads(static_cast<unsigned char>(code[from + i]), q[i])) ++i;
    if (i == q.size()) return true;
  }
  return false;
}

std::string initials(std::string_view text) {
  std::string out = initials_code(text);
  for (char& c : out) {
    auto code = static_cast<unsigned char>(c);
    if (code >= kTwoBase) c = kTwo[code - kTwoBase].first;
    if (code == kUnknown) c = '?';
  }
  return out;
}

std::string plain_query(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), small);
  return out;
}

bool matches(std::string_view text, std::string_view q) {
  if (q.empty()) return true;
  std::string lower = plain_query(text);
  if (lower.find(q) != lower.npos) return true;
  return std::all_of(q.begin(), q.end(), ascii_word) && initials_match(initials_code(text), q);
}

std::string pinyin_order(std::string_view text) {
  const Readings& r = readings();
  std::string out;
  for (size_t at = 0; at < text.size();) {
    char32_t c = next(text, at);
    uint16_t place = c >= Readings::kFirst && c < Readings::kEnd ? r.order[c - Readings::kFirst] : 0;
    // ASCII below 0x80; then what is known, two bytes; then everything else by its number.
    if (c < 0x80) {
      out += small(static_cast<char>(c));
    } else if (place) {
      out += static_cast<char>(0x80 + (place >> 8));
      out += static_cast<char>(place & 0xFF);
    } else {
      out += '\xF0';
      for (int shift = 16; shift >= 0; shift -= 8) out += static_cast<char>((c >> shift) & 0xFF);
    }
    // Characters of one place keep a fixed order among themselves.
    if (place) out += static_cast<char>((c >> 8) & 0xFF), out += static_cast<char>(c & 0xFF);
  }
  return out;
}

}  // namespace guanhu::api
