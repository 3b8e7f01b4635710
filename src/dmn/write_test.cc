// Models that are written: valid by the standard's schema, loaded by our own loader, read back as they were.
#include "dmn/write.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "dmn/evaluate.h"
#include "dmn/layout.h"
#include "dmn/model.h"
#include "dmn/read.h"

namespace guanhu::dmn {
namespace {

namespace fs = std::filesystem;
const fs::path kSchemas = fs::path(GUANHU_SOURCE_DIR) / "../shared/data/dmn-tck";

ExpressionTextPtr literal(std::string text, std::string id) {
  auto out = std::make_shared<ExpressionText>();
  out->text = std::move(text);
  out->id = std::move(id);
  return out;
}

NodeText node(NodeText::Kind kind, std::string id, std::string name, std::string type = "") {
  NodeText out;
  out.kind = kind;
  out.id = std::move(id);
  out.name = std::move(name);
  out.type = std::move(type);
  return out;
}

NodeText table_decision() {
  NodeText out = node(NodeText::Kind::decision, "mode", "支付方式", "方式");
  out.requirements = {"amount", "limit", "article"};
  out.question = "怎样支付？";
  auto expression = std::make_shared<ExpressionText>();
  expression->kind = ExpressionText::Kind::table;
  expression->id = "mode_table";
  TableText& table = expression->table;
  table.policy = "FIRST";
  table.inputs = {{"mode_in", "金额", "金额", "元", ""}};
  table.outputs = {{"mode_out", "", "方式", "方式", "\"受托\", \"自主\""}};
  table.annotations = {"说明"};
  table.rules = {{"row_1", "小额 <可以> & \"自主\"", {"<= 限额"}, {"\"自主\""}, {"第一条\n第二行"}},
                 {"row_2", "", {"-"}, {"\"受托\""}, {""}}};
  out.expression = expression;
  out.extensions = {{"stamp", "1"}};
  return out;
}

// A model with a node of every kind.
Document everything() {
  Document out;
  out.id = "pack";
  out.name = "示例";
  out.space = "urn:guanhu:pack:sample";
  out.description = "一行\n又一行";
  out.extensions = {{"hash", "abc"}};
  out.types = {{"t1", "元", "单位：元", "number", ">= 0", false, {}, {{"unit", "元"}}},
               {"t2", "方式", "", "string", "\"受托\", \"自主\"", false, {}, {}},
               {"t3", "明细", "", "", "", true, {{"t4", "额", "", "number", "", false, {}, {}}}, {}}};
  out.nodes = {table_decision(), node(NodeText::Kind::decision, "twice", "两次", "number")};
  out.nodes[1].requirements = {"amount", "asked", "doubled"};
  auto context = std::make_shared<ExpressionText>();
  context->kind = ExpressionText::Kind::context;
  context->id = "twice_context";
  context->entries = {{"_a", "number", literal("翻倍(金额)", "twice_1")},
                      {"", "", literal("if 问一次 = \"受托\" then _a else 0", "twice_2")}};
  out.nodes[1].expression = context;
  out.nodes.push_back(node(NodeText::Kind::decision, "limit", "限额", "number"));
  out.nodes.back().expression = literal("300000", "limit_value");
  out.nodes.push_back(node(NodeText::Kind::knowledge, "doubled", "翻倍"));
  out.nodes.back().parameters = {{"数", "number"}};
  out.nodes.back().expression = literal("数 * 2", "doubled_body");
  out.nodes.push_back(node(NodeText::Kind::service, "service", "支付方式_服务"));
  out.nodes.back().outputs = {"mode"};
  out.nodes.back().encapsulated = {"limit"};
  out.nodes.back().inputs = {"amount"};
  out.nodes.push_back(node(NodeText::Kind::decision, "asked", "问一次"));
  out.nodes.back().requirements = {"amount", "service"};
  auto call = std::make_shared<ExpressionText>();
  call->kind = ExpressionText::Kind::invocation;
  call->id = "asked_call";
  call->text = "支付方式_服务";
  call->entries = {{"金额", "", literal("金额 * 2", "asked_1")}};
  out.nodes.back().expression = call;
  out.nodes.push_back(node(NodeText::Kind::input, "amount", "金额", "元"));
  out.nodes.push_back(node(NodeText::Kind::source, "article", "第三章"));
  return out;
}

TEST(WriteDmn, GivesWhatTheModelSays) {
  for (Version version : {Version::dmn13, Version::dmn15}) {
    auto model = load({{"sample.dmn", write(everything(), version)}});
    ASSERT_TRUE(model.ok()) << model.error().text();
    auto ask = [&](const char* name, int amount) {
      auto value = evaluate(*model, name, {{"金额", feel::Value(amount)}});
      return value.ok() ? value->show() : value.error().text();
    };
    EXPECT_EQ(ask("支付方式", 300000), "\"自主\"");
    EXPECT_EQ(ask("支付方式", 300001), "\"受托\"");
    EXPECT_EQ(ask("两次", 150000), "0");
    EXPECT_EQ(ask("两次", 150001), "300002");
    EXPECT_EQ(ask("支付方式", -1), "\"受托\"");  // no value of its type: null, which only "-" takes
  }
}

TEST(WriteDmn, IsReadBackAsItWas) {
  Document document = everything();
  auto read = read_document("sample.dmn", write(document));
  ASSERT_TRUE(read.ok()) << read.error().text();
  EXPECT_EQ(write(*read), [&] {
    // Descriptions of types are not read.
    for (TypeText& type : document.types) type.description.clear();
    return write(document);
  }());
  const TableText& table = read->node("mode")->expression->table;
  EXPECT_EQ(table.rules[0].description, "小额 <可以> & \"自主\"");
  EXPECT_EQ(table.rules[0].annotations[0], "第一条\n第二行");
  EXPECT_EQ(*read->node("mode")->extension("stamp"), "1");
}

TEST(WriteDmn, RefusesToReadWhatIsNoModel) {
  EXPECT_EQ(read_document("x", "no xml").error().code, "dmn.xml");
  EXPECT_EQ(read_document("x", "<a/>").error().code, "dmn.model");
  EXPECT_EQ(
      read_document("x", "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"/>").error().code,
      "dmn.model");
}

TEST(WriteDmn, IsValidByTheSchema) {
  if (!fs::exists(kSchemas / "DMN15.xsd")) GTEST_SKIP() << "the schema is not here: " << kSchemas;
  if (std::system("xmllint --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "there is no xmllint";
  for (auto [version, schema] : {std::pair(Version::dmn13, "DMN13.xsd"), std::pair(Version::dmn15, "DMN15.xsd")}) {
    fs::path file = fs::path(testing::TempDir()) / (std::string("guanhu-write-") + schema + ".dmn");
    std::ofstream(file) << write(everything(), version);
    std::string command =
        "xmllint --noout --nonet --schema '" + (kSchemas / schema).string() + "' '" + file.string() + "'";
    EXPECT_EQ(std::system((command + " 2>" + file.string() + ".log").c_str()), 0)
        << std::ifstream(file.string() + ".log").rdbuf();
  }
}

TEST(WriteDmn, DrawsWhatIsRequiredBelow) {
  Document document = everything();
  for (int i = 0; i < 30; ++i) {
    document.nodes.push_back(node(NodeText::Kind::input, "more" + std::to_string(i), "输入" + std::to_string(i)));
    document.nodes[0].requirements.push_back(document.nodes.back().id);
  }
  Layout layout = lay_out(document);
  EXPECT_EQ(layout.boxes.size(), document.nodes.size() - 1);  // no service
  std::map<size_t, Box> boxes;
  for (const Box& box : layout.boxes) {
    for (const auto& [other, b] : boxes) {
      bool apart = box.x + box.width <= b.x || b.x + b.width <= box.x || box.y + box.height <= b.y ||
                   b.y + b.height <= box.y;
      EXPECT_TRUE(apart) << document.nodes[box.node].id << " lies on " << document.nodes[other].id;
    }
    EXPECT_LE(box.x + box.width, 2400) << "wide layers are broken into rows";
    boxes[box.node] = box;
  }
  for (const Line& line : layout.lines) EXPECT_GT(line.from_y, line.to_y);
}

TEST(WriteDmn, DrawsACycleWithoutEnd) {
  Document document;
  document.nodes = {node(NodeText::Kind::decision, "a", "a"), node(NodeText::Kind::decision, "b", "b")};
  document.nodes[0].requirements = {"b"};
  document.nodes[1].requirements = {"a"};
  EXPECT_EQ(lay_out(document).boxes.size(), 2u);
}

}  // namespace
}  // namespace guanhu::dmn
