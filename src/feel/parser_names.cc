// Names: where they end, what is known of their types.
#include "feel/builtins.h"
#include "feel/parser_impl.h"

namespace guanhu::feel {

void NameIndex::add(std::string_view name) {
  auto tokens = tokenize(name);
  if (!tokens.ok() || tokens->size() < 2) return;
  std::vector<Piece> pieces;
  for (size_t i = 0; i + 1 < tokens->size(); ++i)
    pieces.push_back({std::string((*tokens)[i].text), i > 0 && (*tokens)[i].space_before});
  std::string first = pieces[0].text;
  auto& names = by_first_[first];
  names.push_back(std::move(pieces));
}

size_t NameIndex::match(const std::vector<Token>& tokens, size_t at) const {
  if (by_first_.empty()) return 0;
  auto candidates = by_first_.find(std::string(tokens[at].text));
  if (candidates == by_first_.end()) return 0;
  size_t best = 0;
  for (auto& pieces : candidates->second) {
    if (pieces.size() <= best || at + pieces.size() >= tokens.size()) continue;
    bool fits = true;
    for (size_t i = 1; fits && i < pieces.size(); ++i)
      fits = tokens[at + i].text == pieces[i].text && tokens[at + i].space_before == pieces[i].space_before;
    if (fits) best = pieces.size();
  }
  return best;
}

// Contexts name their entries; a declared type may nest, but not without end.
void Parser::note_members(const TypeRef& type, int depth) {
  if (!type || depth > 8) return;
  note_members(type->element, depth + 1);
  for (auto& [name, member] : type->members) {
    members_.add(name);
    note_members(member, depth + 1);
  }
}

void Parser::push(std::vector<std::pair<std::string, TypeRef>> names) { frames_.push_back(std::move(names)); }

// How many tokens from `at` on are one name: the longest known one; otherwise words that stand side
// by side, since two names next to each other mean nothing in FEEL. 0: no name begins here.
size_t Parser::name_length(size_t at, bool member) const {
  size_t best = members_.match(tokens_, at);
  if (!member) {
    static const NameIndex builtins = [] {
      NameIndex index;
      for (auto& name : builtin_names())
        if (name.find(' ') != std::string::npos) index.add(name);
      return index;
    }();
    best = std::max({best, known_.match(tokens_, at), builtins.match(tokens_, at)});
    for (auto& frame : frames_) {
      for (auto& [name, type] : frame) {
        if (name == tokens_[at].text) best = std::max<size_t>(best, 1);
        if (name.size() <= tokens_[at].text.size() || !name.starts_with(tokens_[at].text)) continue;
        NameIndex one;
        one.add(name);
        best = std::max(best, one.match(tokens_, at));
      }
    }
  } else {
    static const NameIndex properties = [] {
      NameIndex index;
      for (auto name : {"time offset", "start included", "end included"}) index.add(name);
      return index;
    }();
    best = std::max(best, properties.match(tokens_, at));
  }
  if (best == 0) {
    if (tokens_[at].kind != TokenKind::name || (is_keyword(tokens_[at].text) && !member)) return 0;
    best = 1;
  }
  while (tokens_[at + best].kind == TokenKind::name && !is_keyword(tokens_[at + best].text)) ++best;
  return best;
}

std::string Parser::take_name(size_t length) {
  uint32_t begin = now().range.begin, end = tokens_[at_ + length - 1].range.end;
  at_ += length;
  return normal_name(source_.substr(begin, end - begin));
}

TypeRef Parser::type_of_name(const std::string& name) const {
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame)
    for (auto& [key, type] : *frame)
      if (key == name) return type;
  int slot = scope_.find(name);
  return slot < 0 ? nullptr : scope_.at(slot).type;
}

NodePtr Parser::name() {
  size_t length = name_length(at_, false);
  if (length == 0) unexpected("a value");
  NodePtr node = make(NodeKind::name, now().range.begin);
  node->text = take_name(length);
  node->known = type_of_name(node->text);
  return finish(std::move(node));
}

// A name that is being introduced: everything up to one of the ends.
std::string Parser::binding_name(const char* what, std::initializer_list<std::string_view> ends) {
  size_t length = 0;
  auto ends_here = [&](const Token& token) {
    for (auto end : ends)
      if (token.is(end)) return true;
    return token.kind == TokenKind::end;
  };
  while (!ends_here(ahead(length))) {
    const Token& token = ahead(length);
    bool fits = token.kind == TokenKind::name || (length > 0 && token.kind == TokenKind::number) ||
                (length > 0 && std::string_view("./-'+*").find(token.text[0]) != std::string_view::npos);
    if (!fits) break;
    ++length;
  }
  if (length == 0 || (length == 1 && is_keyword(now().text))) unexpected(what);
  return take_name(length);
}

TypeRef Parser::type() {
  if (is("function")) {
    ++at_;
    std::vector<TypeRef> parameters;
    if (!take("<")) return Type::simple(Type::Name::function);
    while (!is(">")) {
      parameters.push_back(type());
      if (!take(",")) break;
    }
    expect(">", "after the parameters' types");
    expect("->", "before the function's result type");
    return Type::function_of(std::move(parameters), type());
  }
  TypeRef found;
  size_t length = 0;
  for (size_t n = std::min<size_t>(12, tokens_.size() - 1 - at_); n > 0 && !found; --n) {
    std::string text = normal_name(source_.substr(now().range.begin, ahead(n - 1).range.end - now().range.begin));
    found = scope_.find_type(text);
    if (!found) found = Type::named(text);
    length = n;
  }
  if (!found) unexpected("the name of a type (number, string, date, list<…>, …)");
  at_ += length;
  bool generic =
      found->name == Type::Name::list || found->name == Type::Name::range || found->name == Type::Name::context;
  if (!generic || length != 1 || !take("<")) return found;
  TypeRef result;
  if (found->name == Type::Name::context) {
    std::vector<std::pair<std::string, TypeRef>> members;
    do {
      std::string name = binding_name("an entry's name", {":"});
      expect(":", "before the entry's type");
      members.emplace_back(std::move(name), type());
    } while (take(","));
    result = Type::context_of(std::move(members));
  } else {
    TypeRef element = type();
    result = found->name == Type::Name::list ? Type::list_of(element) : Type::range_of(element);
  }
  expect(">", "after the type");
  return result;
}

}  // namespace guanhu::feel
