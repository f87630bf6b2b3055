//! Reading a [`Node`] field by field, with the path of whatever is wrong.

use super::node::Node;

/// What is wrong with a record or a request, and where: the body of an `accredit.error/1`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {message}")]
pub struct RequestError {
    /// A stable code.
    pub code: ErrorCode,
    /// Where: `holds[0].facts.grade`; empty for the whole.
    pub path: String,
    /// What is wrong, in one English sentence.
    pub message: String,
    /// The same in Chinese, where it is more than its code says.
    chinese: String,
}

/// Why a request cannot be answered at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorCode {
    /// Not JSON or YAML.
    Malformed,
    /// A field that no request has.
    UnknownField,
    /// A field that must be there and is not.
    MissingField,
    /// A value of another sort than the field takes.
    WrongValue,
    /// A float where an exact amount is needed.
    Float,
    /// A name that the package does not know.
    UnknownName,
    /// Two achievements with one id, or one certificate twice.
    Duplicate,
    /// Another package, or another version of its text, than the one asked for.
    PackageChanged,
    /// An amount beyond exact arithmetic.
    Overflow,
    /// More ways of applying one rule than are answered one by one.
    TooLarge,
    /// The package itself has errors.
    BrokenPackage,
}

impl ErrorCode {
    /// The code as it stands in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::UnknownField => "unknown_field",
            Self::MissingField => "missing_field",
            Self::WrongValue => "wrong_value",
            Self::Float => "float",
            Self::UnknownName => "unknown_name",
            Self::Duplicate => "duplicate",
            Self::PackageChanged => "package_changed",
            Self::Overflow => "overflow",
            Self::TooLarge => "too_large",
            Self::BrokenPackage => "broken_package",
        }
    }
}

impl RequestError {
    /// An error at a path.
    pub fn new(code: ErrorCode, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code, path: path.into(), message: message.into(), chinese: String::new() }
    }

    /// The same error, which also says this in Chinese.
    #[must_use]
    pub fn chinese(self, sentence: impl Into<String>) -> Self {
        Self { chinese: sentence.into(), ..self }
    }

    /// What is wrong, in one Chinese sentence; what only the English one tells follows in brackets.
    pub fn in_chinese(&self) -> String {
        if !self.chinese.is_empty() {
            return self.chinese.clone();
        }
        let told = match self.code {
            ErrorCode::Malformed => "这份记录读不出来，须为JSON或YAML",
            ErrorCode::UnknownField => "记录中没有这一栏",
            ErrorCode::MissingField => "缺少必填的一栏",
            ErrorCode::WrongValue => "这里的值不合要求",
            ErrorCode::Float => "数额须写成文字，如“2.5”或“3/2”",
            ErrorCode::UnknownName => "规则包中没有这个名称",
            ErrorCode::Duplicate => "这一项重复了",
            ErrorCode::PackageChanged => "规则包与记录所写的不是同一份",
            ErrorCode::Overflow => "数额超出可以精确计算的范围",
            ErrorCode::TooLarge => "一条规则可适用的组合过多，请分批提出",
            ErrorCode::BrokenPackage => "规则包有错误，不能据以作出结论",
        };
        format!("{told}（{}）", self.message)
    }
}

/// The fields of a group that have not been read yet. What is left at the end is unknown, and refused.
pub(super) struct Fields {
    path: String,
    fields: Vec<(String, Node)>,
    asked: Vec<&'static str>,
}

impl Fields {
    /// The fields of a node, which must be a group.
    ///
    /// # Errors
    ///
    /// Where it is something else.
    pub(super) fn of(node: Node, path: &str) -> Result<Self, RequestError> {
        match node {
            Node::Map(fields) => Ok(Self { path: path.to_owned(), fields, asked: Vec::new() }),
            other => Err(wrong(path, "a group of fields", &other)),
        }
    }

    /// The path of a field.
    pub(super) fn path(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    /// Takes a field out. An explicit `null` is refused: a field that is absent says the same, and says it once.
    ///
    /// # Errors
    ///
    /// Where it is `null`.
    pub(super) fn take(&mut self, name: &'static str) -> Result<Option<Node>, RequestError> {
        self.asked.push(name);
        let Some(at) = self.fields.iter().position(|(key, _)| key == name) else { return Ok(None) };
        match self.fields.remove(at).1 {
            Node::Null => Err(RequestError::new(
                ErrorCode::WrongValue,
                self.path(name),
                "null says nothing; leave the field out where a value is unknown",
            )),
            node => Ok(Some(node)),
        }
    }

    /// Takes a text out.
    ///
    /// # Errors
    ///
    /// Where it is something else.
    pub(super) fn text(&mut self, name: &'static str) -> Result<Option<String>, RequestError> {
        self.take(name)?.map(|node| text(node, &self.path(name))).transpose()
    }

    /// Takes a text out that must be there.
    ///
    /// # Errors
    ///
    /// Where it is absent or something else.
    pub(super) fn required_text(&mut self, name: &'static str) -> Result<String, RequestError> {
        self.text(name)?.ok_or_else(|| self.missing(name))
    }

    /// That a field is missing.
    pub(super) fn missing(&self, name: &str) -> RequestError {
        RequestError::new(ErrorCode::MissingField, self.path(name), "this field must be there")
    }

    /// Takes a yes or no out; absent is no.
    ///
    /// # Errors
    ///
    /// Where it is something else.
    pub(super) fn flag(&mut self, name: &'static str) -> Result<bool, RequestError> {
        match self.take(name)? {
            None => Ok(false),
            Some(Node::Bool(value)) => Ok(value),
            Some(other) => Err(wrong(&self.path(name), "true or false", &other)),
        }
    }

    /// Takes a list out, each item with its path; absent is empty.
    ///
    /// # Errors
    ///
    /// Where it is something else.
    pub(super) fn list(&mut self, name: &'static str) -> Result<Vec<(String, Node)>, RequestError> {
        match self.take(name)? {
            None => Ok(Vec::new()),
            Some(node) => items(node, &self.path(name)),
        }
    }

    /// Takes a group out whose keys the author chose, each with its path; absent is empty.
    ///
    /// # Errors
    ///
    /// Where it is something else.
    pub(super) fn map(&mut self, name: &'static str) -> Result<Vec<(String, String, Node)>, RequestError> {
        match self.take(name)? {
            None => Ok(Vec::new()),
            Some(Node::Map(fields)) => {
                let path = self.path(name);
                Ok(fields.into_iter().map(|(key, node)| (format!("{path}.{key}"), key, node)).collect())
            }
            Some(other) => Err(wrong(&self.path(name), "a group of fields", &other)),
        }
    }

    /// That nothing is left.
    ///
    /// # Errors
    ///
    /// Where a field is left: its name, and the nearest one that may stand here.
    pub(super) fn done(self) -> Result<(), RequestError> {
        let Some((key, _)) = self.fields.first() else { return Ok(()) };
        let known = self.asked.join(", ");
        Err(RequestError::new(
            ErrorCode::UnknownField,
            self.path(key),
            format!("no such field; here may stand: {known}"),
        ))
    }
}

/// The items of a list, each with its path.
///
/// # Errors
///
/// Where the node is no list.
pub(super) fn items(node: Node, path: &str) -> Result<Vec<(String, Node)>, RequestError> {
    match node {
        Node::List(list) => {
            Ok(list.into_iter().enumerate().map(|(at, item)| (format!("{path}[{at}]"), item)).collect())
        }
        other => Err(wrong(path, "a list", &other)),
    }
}

/// A text; an integer is taken as its digits, since YAML reads a code such as `15` as one.
///
/// # Errors
///
/// Where it is something else, a float above all.
pub(super) fn text(node: Node, path: &str) -> Result<String, RequestError> {
    match node {
        Node::Text(text) => Ok(text),
        Node::Integer(number) => Ok(number.to_string()),
        other => Err(wrong(path, "text", &other)),
    }
}

/// That a value is of the wrong sort.
pub(super) fn wrong(path: &str, expected: &str, found: &Node) -> RequestError {
    match found {
        Node::Fraction(number) => RequestError::new(
            ErrorCode::Float,
            path,
            format!("{number} is a float; write an exact amount as text, such as \"2.5\" or \"3/2\""),
        ),
        other => RequestError::new(
            ErrorCode::WrongValue,
            path,
            format!("this is {}; {expected} is needed", other.noun()),
        ),
    }
}
